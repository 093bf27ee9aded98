import copy
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from parvis.core import clock
from tests.builders import TUESDAY

from .world import World, build


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once for many tests, which each undo what they do: a world costs as much as a hundred pages."""
    with django_db_blocker.unblock(), transaction.atomic():
        with clock.frozen(TUESDAY):
            world = build()
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(built: World, db: None) -> Iterator[World]:
    with clock.frozen(TUESDAY):
        yield copy.deepcopy(built)
