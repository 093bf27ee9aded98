"""News that climbs the ladder."""

from django.dispatch import Signal

# Arguments: slip, by (the actor). Sent inside the transaction of the answer: a receiver that refuses undoes it.
slip_answered = Signal()
