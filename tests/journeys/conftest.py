from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from .browser import launched
from .site import Site, running_site


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_site(tmp_path_factory.getbasetemp()) as running:
        yield running


# Not for the session: while it is open, its event loop runs, and Django then refuses the database to other tests.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser
