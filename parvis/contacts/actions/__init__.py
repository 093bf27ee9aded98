from .consent import AlreadyRefused, grant, withdraw, withdraw_everything
from .customers import CustomerDetails, enrol
from .erasure import erase
from .preferences import declare_adult, fewer, note_failing, note_working, set_profiling, set_rhythm, set_taste
from .reading import open_file

__all__ = [
    "AlreadyRefused",
    "CustomerDetails",
    "declare_adult",
    "enrol",
    "erase",
    "fewer",
    "grant",
    "note_failing",
    "note_working",
    "open_file",
    "set_profiling",
    "set_rhythm",
    "set_taste",
    "withdraw",
    "withdraw_everything",
]
