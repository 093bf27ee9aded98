"""The catalogue is whole: each sentence of the code has its English, with the same values in it, and it is compiled."""

import re
from typing import Any

import pytest
from babel.messages.catalog import Message

from .catalogue import APPS, ROOT, _folder, compiled, missing, said_by, written

VALUES = re.compile(r"%\(\w+\)s|\{\w*[^}]*\}")


@pytest.mark.parametrize("app", APPS)
def test_each_sentence_has_its_english(app: str) -> None:
    assert missing(ROOT / "parvis" / app) == []


def said(message: Message) -> tuple[Any, Any]:
    """In French, in English; of a plural its two forms."""
    return message.id, message.string


@pytest.mark.parametrize("app", APPS)
def test_the_english_holds_the_same_values(app: str) -> None:
    for message in written(ROOT / "parvis" / app):
        if message.id:
            french, english = (one if isinstance(one, str) else list(one or [""])[-1] for one in said(message))
            assert sorted(VALUES.findall(english)) == sorted(VALUES.findall(french)), french


@pytest.mark.parametrize("app", [app for app in APPS if said_by(ROOT / "parvis" / app)])
def test_what_is_compiled_is_what_is_written(app: str) -> None:
    assert (_folder(ROOT / "parvis" / app) / "django.mo").read_bytes() == compiled(ROOT / "parvis" / app)
