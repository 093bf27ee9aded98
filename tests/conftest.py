"""What every test needs: nothing is written into the host's own folders, and no page asks for collected files."""

import datetime as dt
import gc
import itertools
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import override_settings
from django.utils import translation

from parvis.core import clock
from tests.builders import TUESDAY

PLAIN_STATIC = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# A heap of half a gigabyte is looked through again and again, of which a suite throws next to nothing away: a twelfth
# of its time.
gc.set_threshold(200_000, 50, 100)


@pytest.fixture(autouse=True, scope="session")
def throwaway_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    var = tmp_path_factory.mktemp("var")
    (var / "static").mkdir()  # WhiteNoise warns of a folder that is not there
    with override_settings(
        STATIC_ROOT=var / "static",
        OUTBOX=var / "outbox",
        MEDIA_ROOT=var / "media",
        MAIL="outbox",
        DEMO=False,
        STORAGES=PLAIN_STATIC,
    ):
        yield


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    """Rate limits count in the cache: one test must not use up the attempts of the next."""
    cache.clear()


@pytest.fixture(autouse=True)
def french() -> None:
    """A page read in English leaves its language in the thread, for whoever comes next."""
    translation.deactivate()


@pytest.fixture
def tuesday() -> Iterator[None]:
    """For the modules whose tests all happen on one day: they ask for it in their `pytestmark`."""
    with clock.frozen(TUESDAY):
        yield


@pytest.fixture
def ticking(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that runs, from that Tuesday: each reading comes after the last, as it does outside of tests. What
    compares two readings of one instant shows here."""
    instants = (TUESDAY + dt.timedelta(microseconds=tick) for tick in itertools.count())
    monkeypatch.setattr(clock, "now", lambda: next(instants))
