from .consent import ConsentEvent, Objection, Wording
from .customers import CustomerRecord, RecordTaste
from .interests import Interest, Taste
from .people import ContactPoint, Person, Resident

__all__ = [
    "ConsentEvent",
    "ContactPoint",
    "CustomerRecord",
    "Interest",
    "Objection",
    "Person",
    "RecordTaste",
    "Resident",
    "Taste",
    "Wording",
]
