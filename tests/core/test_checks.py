"""A site that opens to the public without what its messages need is told, and its worker does not start."""

from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from parvis.config.checks import placeholders

REAL = {
    "HTTPS": True,
    "PUBLISHER": "Association du Val, 1 rue Haute",
    "MAIL": "smtp://nom:motdepasse@courriel.fr:587",
    "MAIL_FROM": "bonjour@val.fr",
}


@pytest.fixture
def site(settings: Any) -> Any:
    for name, value in REAL.items():
        setattr(settings, name, value)
    return settings


def told() -> list[str | None]:
    return [one.id for one in placeholders()]


def test_a_site_that_has_all_is_told_nothing(site: Any) -> None:
    assert told() == []


@pytest.mark.parametrize(
    ("name", "value", "key", "wanted"),
    [
        ("PUBLISHER", " ", "parvis.E001", "PARVIS_PUBLISHER"),
        ("MAIL", "outbox", "parvis.E002", "PARVIS_MAIL"),
        ("MAIL_FROM", "parvis@plateau.example", "parvis.E003", "PARVIS_MAIL_FROM"),
        ("MAIL_FROM", "parvis@localhost", "parvis.E003", "PARVIS_MAIL_FROM"),
        ("MAIL_FROM", "parvis", "parvis.E003", "PARVIS_MAIL_FROM"),
    ],
)
def test_each_placeholder_stops_the_commands_of_a_site_in_https(
    site: Any, name: str, value: str, key: str, wanted: str
) -> None:
    setattr(site, name, value)
    (error,) = placeholders()
    assert error.id == key
    assert f"écrivez {wanted}" in f"{error.msg[0].lower()}{error.msg[1:]}".replace("Écrivez", "écrivez")
    with pytest.raises(SystemCheckError, match=wanted):
        call_command("worker", skip_checks=False)


def test_a_demonstration_and_a_computer_that_tries_are_left_in_peace(site: Any) -> None:
    site.PUBLISHER, site.MAIL, site.MAIL_FROM = "", "outbox", "parvis@localhost"
    assert len(told()) == 3
    site.DEMO = True
    assert told() == []
    site.DEMO, site.HTTPS = False, False
    assert told() == []
