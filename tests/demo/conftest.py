from pathlib import Path

import pytest
from django.conf import settings

from parvis.demo import places, seed, studio

from .whole_run import Run, demo_once


@pytest.fixture(scope="session")
def whole_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return demo_once(tmp_path_factory.getbasetemp())


def shrink(patch: pytest.MonkeyPatch, var: Path) -> None:
    """A demo of three shops and thumbnails, in this process, that writes its files under `var`."""
    patch.setattr(seed, "PLACES", places.PLACES[:3])
    for width in ("FRONT", "SCENE"):
        patch.setattr(studio, width, 40)
    for name in ("OUTBOX", "MEDIA_ROOT"):
        patch.setattr(settings, name, var / name.lower())
    patch.setattr(settings, "DEMO", True)
