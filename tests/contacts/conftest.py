from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from parvis.core.signals import notice_requested


@pytest.fixture
def outbox(settings: Settings, tmp_path: Path) -> Path:
    settings.OUTBOX = tmp_path
    return tmp_path


@pytest.fixture
def mail() -> Iterator[list[dict[str, Any]]]:
    sent: list[dict[str, Any]] = []

    def receive(**notice: Any) -> None:
        sent.append(notice)

    notice_requested.connect(receive)
    try:
        yield sent
    finally:
        notice_requested.disconnect(receive)
