from .consent import ConsentEvent, Objection, Wording
from .counter import CounterNotice
from .customers import CustomerRecord, RecordTaste
from .interests import Interest, Taste
from .people import ContactPoint, Person, Resident
from .ways_in import AccessCode, CounterEntry, SignUp

__all__ = [
    "AccessCode",
    "ConsentEvent",
    "ContactPoint",
    "CounterEntry",
    "CounterNotice",
    "CustomerRecord",
    "Interest",
    "Objection",
    "Person",
    "RecordTaste",
    "Resident",
    "SignUp",
    "Taste",
    "Wording",
]
