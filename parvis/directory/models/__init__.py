from .businesses import Business
from .windows import OpeningHours, ShopWindow, SpecialDay

__all__ = ["Business", "OpeningHours", "ShopWindow", "SpecialDay"]
