from .carrying import carry_due
from .door import Draft, DraftPart, send_many, stop_subject
from .erasure import erase

__all__ = ["Draft", "DraftPart", "carry_due", "erase", "send_many", "stop_subject"]
