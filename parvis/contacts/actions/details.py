"""What a shop says of a customer."""

import datetime as dt
from dataclasses import dataclass, field

from parvis.territory.models import Commune

from ..models import Interest
from ..rules import DEFAULT_RHYTHM, Channel


@dataclass(frozen=True, slots=True)
class CustomerDetails:
    """What a shop knows. `email` and `phone` are canonical already (see points.py), or empty."""

    title: str = ""
    given_name: str = ""
    family_name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    postcode: str = ""
    town: str = ""
    note: str = ""
    last_sale_on: dt.date | None = None
    adult_told_on: dt.date | None = None  # the day the shop was told, for its own record (decision 0015)
    minor: bool = False  # the shop now knows the contrary: what it was told before no longer holds
    commune: Commune | None = None
    adult_declared_on: dt.date | None = None  # by the person in so many words, of a person not known yet
    channel: Channel | None = None
    rhythm: int = DEFAULT_RHYTHM
    large_print: bool = False
    likes: frozenset[Interest] = field(default_factory=frozenset)
    refusals: frozenset[Interest] = field(default_factory=frozenset)
