from .carrying import carry_due
from .door import Draft, DraftPart, free_subject, send_many, stop_sender, stop_subject
from .erasure import erase
from .letters import calls_pdf
from .settling import retry, settle

__all__ = [
    "Draft",
    "DraftPart",
    "calls_pdf",
    "carry_due",
    "erase",
    "free_subject",
    "retry",
    "send_many",
    "settle",
    "stop_sender",
    "stop_subject",
]
