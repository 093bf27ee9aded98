"""The links that bin/run prints: one tap to be someone of the demo."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.auth import get_user
from django.core import signing
from django.core.management import call_command
from django.test import Client, override_settings

from parvis.accounts.models import User
from parvis.demo.sign_in import SALT, read_user, sign_in_url
from tests import builders

from ..pages.page import words


@pytest.fixture
def claire(db: None) -> Iterator[User]:
    with override_settings(DEMO=True):
        yield builders.user(of=builders.association(), email="claire@enseignes.example")


def path(user: User) -> str:
    return sign_in_url(user).removeprefix(settings.BASE_URL)


def test_the_link_asks_before_it_lets_in(client: Client, claire: User) -> None:
    assert "Entrer comme Claire Vasseur" in words(client.get(path(claire)).content)
    assert not get_user(client).is_authenticated
    response = client.post(path(claire), follow=True)
    assert response.redirect_chain == [("/bureau/", 302)]
    assert get_user(client) == claire


def test_an_altered_link_lets_nobody_in_and_says_where_to_take_it_again(client: Client, claire: User) -> None:
    whole = path(claire).rstrip("/")
    another = signing.dumps(claire.pk, salt="another purpose")
    cut, changed = whole[:-3], whole[:-1] + ("a" if whole[-1] != "a" else "b")
    for link in (cut, changed, f"/demo/entrer/{another}", "/demo/entrer/jeton"):
        for answer in (client.get(f"{link}/"), client.post(f"{link}/")):
            assert answer.status_code == 400
            assert "Reprenez-le, en entier, là où bin/run l’a écrit." in words(answer.content)
    assert not get_user(client).is_authenticated


def test_somebody_who_left_does_not_come_back_by_an_old_link(client: Client, claire: User) -> None:
    link = path(claire)
    claire.is_active = False
    claire.save()
    assert client.post(link).status_code == 400
    assert read_user(signing.dumps(claire.pk + 1, salt=SALT)) is None


def test_a_handful_of_links_is_printed_with_the_name_and_the_house_of_each(
    claire: User, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = builders.shop()
    for number in range(5):
        builders.user(of=shop, email=f"odile{number}@brassee.example", name="Odile Marchand")
    call_command("demo", "links")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"Parvis est ouvert : {settings.BASE_URL}"
    assert lines[1] == f"  Claire Vasseur (Les Enseignes du Plateau) : {sign_in_url(claire)}"
    assert lines[2].startswith("  Odile Marchand (La Brassée) : ")
    # The delegate and three more: whoever wants another signs in by a code.
    assert len(lines) == 1 + 4 + 1
    assert lines[-1].endswith("/demo/boite/")
