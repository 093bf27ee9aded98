"""Signals declared low, so that news may climb the ladder."""

from django.dispatch import Signal


class NotCarried(Exception):
    """A notice did not leave, or may not have. `again`: it surely has not, and may leave later; `dead`: it never will,
    the address itself is refused."""

    def __init__(self, *, again: bool, dead: bool = False) -> None:
        super().__init__()
        self.again = again
        self.dead = dead


# Arguments: channel ("email"), to (address), subject, text. Received by delivery alone, which raises
# NotCarried.
notice_requested = Signal()
