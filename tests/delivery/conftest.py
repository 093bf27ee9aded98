from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from parvis.core import clock
from tests.builders import TUESDAY

from .post_office import PostOffice


@pytest.fixture
def on_tuesday() -> Iterator[None]:
    with clock.frozen(TUESDAY):
        yield


@pytest.fixture
def outbox(settings: Any, tmp_path: Path) -> Path:
    settings.OUTBOX = tmp_path / "outbox"
    return tmp_path / "outbox"


@pytest.fixture
def post_office(settings: Any) -> Iterator[PostOffice]:
    """A real SMTP server on loopback, to which the mail goes."""
    office = PostOffice()
    office.open()
    settings.MAIL = office.url
    yield office
    office.close()
