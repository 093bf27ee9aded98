"""Behind a server of ours, each visitor is one of their own; and nobody makes themselves another by a header."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, RequestFactory

from parvis.accounts.visitors import uncounted_proxies, visitor_of
from parvis.config import environment

NGINX = "127.0.0.1"


def seen(forwarded: str = "", remote: str = NGINX) -> str:
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    return visitor_of(RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers))


def test_behind_a_server_each_visitor_is_told_apart(settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert seen("192.0.2.1") != seen("192.0.2.2")
    assert seen("192.0.2.1") == seen(remote="192.0.2.1")


@pytest.mark.parametrize(("proxies", "written"), [(1, "192.0.2.1"), (2, "192.0.2.1, 10.0.0.1")])
def test_what_a_visitor_writes_before_our_servers_write_is_not_believed(
    settings: Any, proxies: int, written: str
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    assert seen(f"198.51.100.7, {written}") == seen(f"203.0.113.9, 198.51.100.8, {written}") == seen(written)


def test_without_a_server_before_us_the_header_is_not_read(settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert seen("192.0.2.1") == seen("192.0.2.2") == seen()


def test_the_addresses_of_one_ipv6_network_are_one_visitor() -> None:
    assert seen(remote="2001:db8::1") == seen(remote="2001:db8::2") != seen(remote="2001:db8:1::1")


def test_nobody_is_named(settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert "192.0.2.1" not in seen("192.0.2.1")


@pytest.mark.django_db
def test_one_visitor_who_asks_too_much_leaves_the_others_in(settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    def asks(number: int, network: str) -> int:
        headers = {"x-forwarded-for": f"198.51.100.{number}, {network}"}
        data = {"email": f"p{number}@ailleurs.example"}
        return Client().post("/connexion/", data, REMOTE_ADDR=NGINX, headers=headers).status_code

    assert {asks(number, "192.0.2.1") for number in range(20)} == {302}
    assert asks(21, "192.0.2.1") == 200
    assert asks(22, "192.0.2.2") == 302


def test_a_site_in_https_without_its_proxies_is_told(settings: Any) -> None:
    settings.HTTPS, settings.ALLAUTH_TRUSTED_PROXY_COUNT = True, 0
    (told,) = uncounted_proxies()
    assert "PARVIS_PROXIES" in told.msg
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert uncounted_proxies() == []
    settings.HTTPS, settings.ALLAUTH_TRUSTED_PROXY_COUNT = False, 0
    assert uncounted_proxies() == []


def test_a_number_that_does_not_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for given, read in (("", 0), ("2", 2)):
        monkeypatch.setenv("PARVIS_PROXIES", given)
        assert environment.number("PARVIS_PROXIES") == read
    monkeypatch.setenv("PARVIS_PROXIES", "un")
    with pytest.raises(ImproperlyConfigured, match="« un »"):
        environment.number("PARVIS_PROXIES")
