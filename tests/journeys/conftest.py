import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from .site import Site, running_site


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_site(tmp_path_factory.getbasetemp()) as running:
        yield running


# Not for the session: while it is open, its event loop runs, and Django then refuses the database to other tests.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
    quiet += ["--disable-background-networking", "--disable-component-update", "--lang=fr-FR"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("PARVIS_CHROMIUM", "/usr/bin/chromium"), args=quiet
        )
        yield browser
        browser.close()
