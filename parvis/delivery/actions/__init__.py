from .carrying import carry_due
from .door import Draft, DraftPart, send_many, stop_subject
from .erasure import erase
from .letters import calls_pdf
from .settling import retry, settle

__all__ = ["Draft", "DraftPart", "calls_pdf", "carry_due", "erase", "retry", "send_many", "settle", "stop_subject"]
