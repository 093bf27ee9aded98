"""A device that opens without a code: added by whoever just came in, removed at once, never asked on top of a code."""

import datetime as dt
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from parvis.accounts.models import User
from parvis.accounts.sign_in import PasskeyAdapter
from parvis.core import clock
from tests import builders
from tests.builders import TUESDAY

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
JSON = {"Accept": "application/json"}


def came_in(user: User, *, ago: dt.timedelta = dt.timedelta()) -> Client:
    """As allauth's sign-in by a code leaves a session."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": (clock.now() - ago).timestamp()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


@pytest.fixture
def owner() -> User:
    return builders.user(of=builders.shop())


def device(of: User) -> Authenticator:
    found: Authenticator = Authenticator.objects.create(
        user=of, type=Authenticator.Type.WEBAUTHN, data={"name": "Téléphone", "credential": {}}
    )
    return found


def post(client: Client, name: str, data: dict[str, Any] | None = None, **arguments: Any) -> Any:
    return client.post(reverse(name, kwargs=arguments), data or {}, headers=JSON)


@pytest.mark.parametrize(("ago", "allowed"), [(1799, True), (1800, False)])
def test_a_device_is_added_within_half_an_hour_of_a_code(owner: User, ago: int, allowed: bool) -> None:
    with clock.frozen(TUESDAY):
        client = came_in(owner, ago=dt.timedelta(seconds=ago))
        answer = post(client, "account_device_add")
        page = client.get(reverse("account_devices")).content.decode()
    assert (answer.status_code == 200) is allowed
    assert ('data-passkey="add"' in page) is allowed
    assert ("entrer à nouveau" in page) is not allowed


def test_the_device_is_asked_to_know_its_owner(owner: User) -> None:
    with clock.frozen(TUESDAY):
        options = post(came_in(owner), "account_device_add").json()["publicKey"]
    assert options["rp"] == {"id": "testserver", "name": "Parvis"}
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["authenticatorSelection"]["residentKey"] == "required"


def test_an_answer_that_nobody_asked_for_adds_nothing(owner: User) -> None:
    with clock.frozen(TUESDAY):
        post(came_in(owner), "account_device_add", {"credential": '{"id": "x"}'})
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("credential", ["", "{}", '{"id": "x", "response": {}}', "[]", "pas du json"])
def test_an_unknown_device_opens_nothing(owner: User, credential: str) -> None:
    device(owner)
    client = Client()
    post(client, "account_passkey_login", {"credential": credential})
    assert "_auth_user_id" not in client.session


def test_a_device_is_removed_by_its_owner_alone(owner: User) -> None:
    mine = device(owner)
    other = builders.user(of=builders.shop(), email="autre@brassee.example")
    assert post(came_in(other), "account_device_remove", pk=mine.pk).status_code == 404
    assert post(came_in(owner), "account_device_remove", pk=mine.pk).status_code == 302
    assert not Authenticator.objects.exists()


def test_the_code_alone_still_opens_for_whoever_has_a_device(owner: User) -> None:
    device(owner)
    assert not PasskeyAdapter().is_mfa_enabled(owner)


def test_what_to_ask_a_device_is_asked_thirty_times_a_minute_at_most() -> None:
    client = Client()
    answers = [post(client, "account_passkey_login").status_code for _ in range(31)]
    assert answers == [200] * 30 + [429]
