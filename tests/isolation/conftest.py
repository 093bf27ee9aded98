from collections.abc import Iterator

import pytest

from parvis.core import clock
from tests.builders import TUESDAY

from .world import World, build


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with clock.frozen(TUESDAY):
        yield build()
