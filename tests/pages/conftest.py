from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from parvis.accounts.actions import give_mandate
from parvis.accounts.models import Mandate, Organisation, User
from parvis.accounts.rules import Permission, Role
from parvis.core import clock
from tests import builders
from tests.builders import BY, TUESDAY

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True, slots=True)
class Village:
    """A florist who has no screen, her delegate of the association, and a wine merchant."""

    florist: Organisation
    wines: Organisation
    association: Organisation
    owner: User
    delegate: User
    merchant: User
    mandate: Mandate


@pytest.fixture
def village(db: None) -> Iterator[Village]:
    with clock.frozen(TUESDAY):
        florist, wines, association = builders.shop(), builders.shop(slug="cave-du-tilleul"), builders.association()
        delegate = builders.user(of=association, role=Role.OFFICER, email="claire@enseignes.example")
        mandate = give_mandate(
            organisation=florist,
            holder=delegate,
            through=association,
            permissions=[Permission.SEE_DESK, Permission.ANNOUNCE, Permission.SEE_PAPER],
            signed_by="Odile Marchand",
            signed_on=clock.today(),
            evidence="Classeur du local",
            by=BY,
        )
        yield Village(
            florist=florist,
            wines=wines,
            association=association,
            owner=builders.user(of=florist, email="odile@brassee.example", name="Odile Marchand"),
            delegate=delegate,
            merchant=builders.user(of=wines, email="anselme@tilleul.example", name="Anselme Tavernier"),
            mandate=mandate,
        )


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def owner(village: Village) -> Client:
    return signed_in(village.owner)


@pytest.fixture
def delegate(village: Village) -> Client:
    return signed_in(village.delegate)


@pytest.fixture
def merchant(village: Village) -> Client:
    return signed_in(village.merchant)


@pytest.fixture
def outbox(settings: Settings, tmp_path: Path) -> Path:
    settings.OUTBOX = tmp_path
    return tmp_path
