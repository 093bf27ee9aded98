"""Signals declared low, so that news may climb the ladder."""

from django.dispatch import Signal

# Arguments: channel ("email"), to (address), subject, text. Received by delivery alone.
notice_requested = Signal()
