from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture
def outbox(settings: Settings, tmp_path: Path) -> Path:
    settings.OUTBOX = tmp_path
    return tmp_path
