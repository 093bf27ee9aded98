"""A mandate opens what it names, while it lasts; an office opens nobody's customer file."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from parvis.accounts import actions
from parvis.accounts.models import User
from parvis.accounts.queries import may, organisations_where
from parvis.accounts.rules import Permission
from parvis.contacts.models import CustomerRecord
from parvis.core import clock
from tests.builders import BY, TUESDAY

from .world import ASSOCIATION, FLORIST, WINES, World


def user(world: World, role: str) -> User:
    found = world.users[role]
    assert found is not None
    return found


def opens(world: World, role: str, name: str, slug: str) -> int:
    client = Client()
    client.force_login(user(world, role), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.get(reverse(name, args=[slug])).status_code


@pytest.mark.parametrize("role", ["revoked delegate", "expired delegate"])
def test_a_mandate_that_ended_opens_nothing(world: World, role: str) -> None:
    florist = world.organisations[FLORIST]
    assert [permission for permission in Permission if may(user(world, role), permission, florist)] == []


def test_a_mandate_taken_back_closes_at_the_next_page(world: World) -> None:
    assert opens(world, "delegate", "pages:organisation", FLORIST) == 200
    actions.revoke_mandate(mandate=world.mandates["delegate"], by=BY)
    assert opens(world, "delegate", "pages:organisation", FLORIST) == 404


def test_a_mandate_ends_with_its_last_day_in_paris(world: World) -> None:
    mandate = world.mandates["delegate"]
    mandate.ends_on = TUESDAY.date()
    mandate.save()
    for hour, minute, wanted in ((23, 59, 200), (24, 0, 404)):
        midnight = dt.datetime.combine(TUESDAY.date(), dt.time(), clock.PARIS)
        with clock.frozen(midnight + dt.timedelta(hours=hour, minutes=minute)):
            assert opens(world, "delegate", "pages:compose", FLORIST) == wanted


def test_a_mandate_opens_no_right_that_it_does_not_name(world: World) -> None:
    assert opens(world, "delegate", "pages:customers", FLORIST) == 404
    assert opens(world, "delegate", "pages:mandates", FLORIST) == 404


@pytest.mark.parametrize("slug", [FLORIST, WINES, ASSOCIATION])
def test_an_officer_of_the_association_reads_no_customer_file(world: World, slug: str) -> None:
    officer = user(world, "officer")
    assert opens(world, "officer", "pages:customers", slug) == 404
    assert not organisations_where(officer, Permission.SEE_CUSTOMERS).exists()
    assert not CustomerRecord.objects.visible_to(officer).exists()
