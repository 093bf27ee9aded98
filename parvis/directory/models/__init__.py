from .businesses import Business
from .claims import Claim
from .windows import OpeningHours, ShopWindow, SpecialDay

__all__ = ["Business", "Claim", "OpeningHours", "ShopWindow", "SpecialDay"]
