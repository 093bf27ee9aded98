"""News of organisations, for those above who care."""

from django.dispatch import Signal

# Arguments: organisation. Sent inside the transaction that suspends it.
organisation_suspended = Signal()
