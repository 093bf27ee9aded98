from .consent import AlreadyRefused, grant, withdraw, withdraw_everything
from .customers import CustomerDetails, enrol
from .erasure import erase
from .preferences import fewer, note_failing, set_profiling, set_rhythm, set_taste

__all__ = [
    "AlreadyRefused",
    "CustomerDetails",
    "enrol",
    "erase",
    "fewer",
    "grant",
    "note_failing",
    "set_profiling",
    "set_rhythm",
    "set_taste",
    "withdraw",
    "withdraw_everything",
]
