"""Debian's Chromium, kept quiet: what it would ask of its maker is no request of ours."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

PHONE, DESK = (390, 844), (1440, 1000)  # in CSS pixels

_QUIET = ["--no-sandbox", "--disable-gpu", "--in-process-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
_QUIET += ["--disable-background-networking", "--disable-component-update", "--lang=fr-FR"]


@contextmanager
def launched() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        program = os.environ.get("PARVIS_CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=program, args=_QUIET)
        yield browser
        browser.close()
