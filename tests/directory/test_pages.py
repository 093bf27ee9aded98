"""The public directory shows what is listed, and nothing else; taking a page down is one click."""

import datetime as dt
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from pytest_django import DjangoAssertNumQueries

from parvis.core import clock
from parvis.core.models import AuditEntry
from parvis.directory.actions import AlreadyClaimed, ClaimsAnother, NoSuchBusiness, claim, delist
from parvis.directory.models import Business
from parvis.directory.rules import DELISTINGS_WINDOW, MOST_DELISTINGS
from parvis.directory.windows import set_hours
from tests.builders import BY, TUESDAY, association, shop, territory
from tests.sirene.conftest import StockRow, invented_row, invented_siret

from .files import imported, only, stock
from .test_hours import day

pytestmark = pytest.mark.django_db
SHOWN, HIDDEN, MASKED, CLOSED = (invented_siret(n) for n in (1, 2, 3, 4))


def rows(many: int = 0) -> list[StockRow]:
    return [
        invented_row(1, enseigne1="AU PAIN DORE"),
        invented_row(2, enseigne1="IMMO CACHEE", activitePrincipale="68.20B"),
        invented_row(3, enseigne1="CHEZ ODILE FERRAND", statutDiffusion="P"),
        *(invented_row(100 + n, enseigne1=f"BOUTIQUE {n}") for n in range(many)),
    ]


@pytest.fixture
def village(tmp_path: Path) -> None:
    imported(stock(tmp_path, *rows(), invented_row(4, enseigne1="FERMEE DEPUIS")))
    imported(stock(tmp_path, invented_row(4, enseigne1="FERMEE DEPUIS", etatAdministratif="F")))


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def category_page() -> str:
    return f"/commerces/metier/{Business.objects.get(siret=SHOWN).category}/"


@pytest.mark.usefixtures("village")
def test_pages_show_what_is_listed_and_nothing_else(client: Client) -> None:
    for path in ("/commerces/a/villecresnes/", category_page()):
        assert "Au Pain Dore" in read(client, path)
    for path in ("/commerces/", "/commerces/a/villecresnes/", category_page(), f"/commerces/{SHOWN}/"):
        for hidden in (HIDDEN, MASKED, CLOSED, "Ferrand", "FERRAND", "Immo", "Fermee"):
            assert hidden not in read(client, path)


@pytest.mark.usefixtures("village")
@pytest.mark.parametrize("siret", [HIDDEN, MASKED, CLOSED, "00000000000000", "x"])
def test_what_is_not_listed_has_no_page(siret: str, client: Client) -> None:
    assert client.get(f"/commerces/{siret}/").status_code == 404
    assert client.post(f"/commerces/{siret}/retirer/").status_code == 404


@pytest.mark.usefixtures("village")
@pytest.mark.parametrize("path", ["/commerces/a/ailleurs/", "/commerces/metier/sorcellerie/"])
def test_an_unknown_commune_or_trade_has_no_page(path: str, client: Client) -> None:
    assert client.get(path).status_code == 404


def test_a_directory_that_is_empty_says_so(client: Client) -> None:
    territory()
    assert "L’annuaire est encore vide." in read(client, "/commerces/")
    assert "Aucun commerce ici dans l’annuaire." in read(client, "/commerces/a/villecresnes/")


@pytest.mark.usefixtures("village")
def test_a_page_that_nobody_claimed_is_not_for_search_engines(client: Client) -> None:
    page = read(client, f"/commerces/{SHOWN}/")
    assert "noindex" in page
    assert "1 rue de l’Étang" in page.replace("\u00a0", " ")


@pytest.mark.usefixtures("village")
def test_one_click_takes_a_page_down_and_reading_it_does_not(client: Client) -> None:
    assert client.get(f"/commerces/{SHOWN}/retirer/").status_code == 405
    answer = client.post(f"/commerces/{SHOWN}/retirer/", follow=True)
    assert answer.redirect_chain == [(f"/commerces/{SHOWN}/retiree/", 302)]
    assert "ne se voit plus dans l’annuaire, pour personne" in answer.content.decode()
    assert client.get(f"/commerces/{SHOWN}/").status_code == 404
    assert "Au Pain Dore" not in read(client, "/commerces/a/villecresnes/")
    assert AuditEntry.objects.filter(verb="delist").count() == 1


@pytest.mark.usefixtures("village")
def test_whoever_took_a_page_down_puts_it_back_within_the_day_and_nobody_else_does(client: Client) -> None:
    gone = f"/commerces/{SHOWN}/retiree/"
    keeper = association()
    keeper.phone = "+33199001030"
    keeper.save()
    with clock.frozen(TUESDAY):
        assert client.get(gone).status_code == 404
        assert [asked_to_go(client, SHOWN) for _ in range(2)] == [302, 302]
        assert AuditEntry.objects.filter(verb="delist").count() == 1
        assert Client().get(gone).status_code == Client().post(gone).status_code == 404
        assert 'href="tel:+33199001030"' in client.get(gone).text
    with clock.frozen(TUESDAY + dt.timedelta(days=1)):
        assert client.get(gone).status_code == client.post(gone).status_code == 404
    with clock.frozen(TUESDAY + dt.timedelta(hours=23)):
        assert "La page est de nouveau dans l’annuaire." in client.post(gone, follow=True).content.decode()
        assert client.post(gone).status_code == 404
        asked_to_go(Client(), SHOWN)
        assert client.post(gone).status_code == 404  # that time, it was somebody else


@pytest.mark.usefixtures("village")
def test_a_page_that_was_taken_down_can_still_be_claimed(client: Client) -> None:
    asked_to_go(Client(), SHOWN)
    page = read(client, f"/commerces/{SHOWN}/reprendre/")
    assert "Quelqu’un a retiré cette page de l’annuaire." in page and f'/commerces/{SHOWN}/"' not in page
    assert client.get(f"/commerces/{HIDDEN}/reprendre/").status_code == 404


def asked_to_go(client: Client, siret: str) -> int:
    return client.post(f"/commerces/{siret}/retirer/").status_code


def test_a_robot_cannot_empty_the_directory(client: Client, tmp_path: Path) -> None:
    imported(stock(tmp_path, *rows(many=MOST_DELISTINGS + 2)))
    sirets = [invented_siret(100 + n) for n in range(MOST_DELISTINGS + 2)]
    with clock.frozen(TUESDAY):
        answers = [asked_to_go(client, siret) for siret in sirets[:MOST_DELISTINGS]]
        assert answers == [302] * MOST_DELISTINGS
        refused = Client().post(f"/commerces/{sirets[-1]}/retirer/")
        assert refused.status_code == 429
        assert "écrivez à la personne qui tient ce site" in refused.content.decode()
        with override_settings(PUBLISHER="Association du Val"):
            told = Client().post(f"/commerces/{sirets[-1]}/retirer/").content.decode()
            assert "écrivez à Association du Val" in told
        delist(business=Business.objects.get(siret=sirets[-2]), by=BY)  # the host's hand does not count
    assert Business.objects.filter(delisted_at=None, listed=True, siret=sirets[-1]).exists()
    with clock.frozen(TUESDAY + DELISTINGS_WINDOW - dt.timedelta(seconds=1)):
        assert asked_to_go(client, sirets[-1]) == 429
    with clock.frozen(TUESDAY + DELISTINGS_WINDOW):
        assert asked_to_go(client, sirets[-1]) == 302


@pytest.mark.usefixtures("village")
def test_no_address_of_a_visitor_is_kept(client: Client) -> None:
    client.post(f"/commerces/{SHOWN}/retirer/", REMOTE_ADDR="192.0.2.77")
    entry = AuditEntry.objects.get(verb="delist")
    assert "192.0.2.77" not in f"{entry.actor}{entry.actor_name}{entry.target}{entry.detail}"


@pytest.mark.usefixtures("village")
def test_the_host_puts_a_page_back_once_and_the_journal_tells(client: Client) -> None:
    asked_to_go(client, SHOWN)
    assert "La page « Au Pain Dore » est dans l’annuaire." in host("relist", f"{SHOWN[:9]} {SHOWN[9:]}")
    assert "Au Pain Dore" in read(client, f"/commerces/{SHOWN}/")
    host("relist", SHOWN)
    entry = AuditEntry.objects.get(verb="relist")
    assert (entry.target, entry.label) == (f"business:{only_shown().pk}", "a remis une page dans l’annuaire")


@pytest.mark.usefixtures("village")
def test_the_host_takes_a_page_down_and_says_how_to_put_it_back(client: Client) -> None:
    assert f"bin/parvis directory relist {SHOWN}" in host("delist", SHOWN)
    assert client.get(f"/commerces/{SHOWN}/").status_code == 404


@pytest.mark.usefixtures("village")
def test_a_business_is_found_by_the_short_name_of_whoever_claimed_it(client: Client) -> None:
    asked_to_go(client, SHOWN)
    claim(siret=SHOWN, organisation=shop(), by=BY)
    assert "est dans l’annuaire" in host("relist", "la-brassee")
    with pytest.raises(CommandError, match="Ce commerce a déjà quelqu’un"):
        host("delist", "la-brassee")
    with pytest.raises(CommandError, match="n’a ce SIRET ni ce nom court"):
        host("relist", "nulle-part")


@pytest.mark.usefixtures("village")
def test_what_is_put_back_and_still_not_shown_says_why() -> None:
    assert "ne la montre pas. C’est une société qui détient" in host("relist", HIDDEN)


def host(*words: str) -> str:
    said = StringIO()
    call_command("directory", *words, stdout=said)
    return said.getvalue().replace("\u00a0", " ")


def only_shown() -> Business:
    return Business.objects.get(siret=SHOWN)


@pytest.mark.usefixtures("village")
def test_a_claimed_page_is_not_taken_down_by_a_passer_by(client: Client) -> None:
    claim(siret=SHOWN, organisation=shop(), by=BY)
    answer = client.post(f"/commerces/{SHOWN}/retirer/")
    assert answer.status_code == 409
    assert "Ce commerce a déjà quelqu’un qui le représente ici." in answer.content.decode()
    assert client.get(f"/commerces/{SHOWN}/").headers["Location"] == "/vitrine/la-brassee/"
    assert "La Brassée" in read(client, "/commerces/a/villecresnes/")


def test_many_businesses_are_shown_page_by_page_in_the_same_number_of_queries(
    client: Client, tmp_path: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    imported(stock(tmp_path, *rows(many=120)))
    for path in ("/commerces/", "/commerces/a/villecresnes/", "/commerces/a/villecresnes/?page=2", category_page()):
        with django_assert_max_num_queries(8):
            read(client, path)
    assert read(client, "/commerces/a/villecresnes/").count("item__title") == 50
    assert read(client, "/commerces/a/villecresnes/?page=3").count("item__title") == 21
    assert read(client, "/commerces/a/villecresnes/?page=x").count("item__title") == 50


def test_a_window_is_listed_by_its_own_words_before_the_register(client: Client, tmp_path: Path) -> None:
    imported(stock(tmp_path, *rows()))
    florist = shop(trade="boulangère, salon de thé", address="18 rue du Lavoir")
    with clock.frozen(TUESDAY):
        set_hours(organisation=florist, week={1: day("09:00-19:00")}, by=BY)
        for path in (category_page(), "/commerces/a/villecresnes/"):
            page = read(client, path)
            assert page.index("La Brassée") < page.index("Aussi dans le registre") < page.index("Au Pain Dore")
            assert "Ouvert jusqu’à 19" in page
    assert 'Boulangeries <span class="map-list__count">2</span>' in read(client, "/commerces/")


@pytest.mark.usefixtures("village")
def test_a_suspended_shop_takes_its_business_page_with_it(client: Client) -> None:
    florist = shop()
    claim(siret=SHOWN, organisation=florist, by=BY)
    florist.suspended_at = clock.now()
    florist.save()
    assert client.get(f"/commerces/{SHOWN}/").status_code == 404
    for path in ("/commerces/a/villecresnes/", category_page()):
        assert "Brassée" not in (page := read(client, path)) and "Au Pain Dore" not in page


@pytest.mark.usefixtures("village")
def test_claiming_twice_is_claiming_once() -> None:
    for _ in range(2):
        assert claim(siret=SHOWN, organisation=shop(), by=BY).organisation == shop()
    assert AuditEntry.objects.filter(verb="claim").count() == 1


@pytest.mark.usefixtures("village")
def test_a_business_has_one_voice_and_a_voice_one_business() -> None:
    claim(siret=SHOWN, organisation=shop(), by=BY)
    with pytest.raises(AlreadyClaimed) as refusal:
        claim(siret=SHOWN, organisation=shop(slug="cave-du-tilleul"), by=BY)
    assert refusal.value.sentence.startswith("Ce commerce a déjà quelqu’un")
    with pytest.raises(ClaimsAnother):
        claim(siret=HIDDEN, organisation=shop(), by=BY)
    with pytest.raises(NoSuchBusiness):
        claim(siret="00000000000000", organisation=shop(slug="cave-du-tilleul"), by=BY)
    with pytest.raises(AlreadyClaimed):
        delist(business=Business.objects.get(siret=SHOWN), by=BY)
    assert Business.objects.exclude(organisation=None).get().siret == SHOWN


def test_a_claim_survives_the_next_import(tmp_path: Path) -> None:
    path = stock(tmp_path, rows()[0])
    imported(path)
    claim(siret=SHOWN, organisation=shop(), by=BY)
    imported(stock(tmp_path, invented_row(1, enseigne1="LE NOUVEAU PAIN")))
    assert (only().organisation, only().name) == (shop(), "Le Nouveau Pain")
