"""The page of whoever acts for an organisation, and the strip that says for whom."""

import datetime as dt
import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client

from parvis.accounts.actions import give_mandate, revoke_mandate
from parvis.accounts.rules import Permission, Role
from parvis.announcements.rules import Kind
from parvis.contacts.rules import Channel
from parvis.core import clock
from parvis.delivery.actions import carry_due, send_many
from parvis.delivery.models import Message
from parvis.rounds.actions import run_due
from parvis.rounds.models import Round
from tests import builders
from tests.builders import BY, TUESDAY

from .conftest import Village, signed_in
from .page import queries, read, words

STRIP = "Vous agissez pour La Brassée, par un mandat signé par Odile Marchand le 24 novembre 2026."


@pytest.fixture
def printed(village: Village) -> Iterator[Round]:
    """A round that was carried, with a call list at each shop and a sheet."""
    for shop in (village.florist, village.wines):
        builders.customer(shop, channel=Channel.PHONE)
        builders.announcement(shop)
    builders.customer(village.florist, channel=Channel.PAPER, family_name="Papier")
    planned = builders.due_round(village.florist.territory)
    run_due()
    carry_due()
    yield planned


def test_the_desk_tells_one_s_own_organisations_from_those_under_mandate(delegate: Client, village: Village) -> None:
    page = read(delegate, "/bureau/")
    assert "La Brassée Villecresnes. Par mandat signé par Odile Marchand le 24 novembre 2026" in page
    assert "Les Enseignes du Plateau Villecresnes" in page


def test_somebody_without_a_role_is_told_whom_to_ask(village: Village) -> None:
    village.merchant.offices.all().delete()
    assert "Aucune organisation pour l’instant." in read(signed_in(village.merchant), "/bureau/")


def test_where_to_begin_names_only_what_one_may_do(delegate: Client, owner: Client) -> None:
    page = read(delegate, "/bureau/enseignes-du-plateau/")
    assert "Dites une chose, en une phrase" in page and "Notez un premier client" not in page
    assert "Notez un premier client au comptoir" in read(owner, "/bureau/la-brassee/")


def test_the_desk_costs_the_same_for_any_number_of_organisations(delegate: Client, village: Village) -> None:
    few = queries(delegate, "/bureau/")
    for number in range(4):
        shop = builders.shop(slug=f"autre-{number}")
        builders.user(of=shop, role=Role.COLLEAGUE, email=village.delegate.email)
        under = builders.shop(slug=f"mandant-{number}")
        give_mandate(
            organisation=under,
            holder=village.delegate,
            through=village.association,
            permissions=[Permission.SEE_DESK],
            signed_by="X",
            signed_on=clock.today(),
            evidence="Y",
            by=BY,
        )
    assert queries(delegate, "/bureau/") == few <= 10
    assert read(delegate, "/bureau/").count("Par mandat signé par X") == 4


def test_an_owner_sees_every_door_and_a_colleague_those_of_the_counter(owner: Client, village: Village) -> None:
    colleague = signed_in(builders.user(of=village.florist, role=Role.COLLEAGUE, email="aide@brassee.example"))
    doors = ["Fichier clients", "Listes d’appels", "Mandats", "Journal", "La vitrine", "Dire quelque chose"]
    assert all(door in read(owner, "/bureau/la-brassee/") for door in doors)
    page = read(colleague, "/bureau/la-brassee/")
    assert [door for door in doors if door in page] == [
        "Fichier clients",
        "Listes d’appels",
        "La vitrine",
        "Dire quelque chose",
    ]


def test_a_delegate_sees_what_the_mandate_opens_and_no_more(delegate: Client, village: Village) -> None:
    page = read(delegate, "/bureau/la-brassee/")
    assert "Listes d’appels" in page
    assert "Fichier clients" not in page
    for address in ("clients/", "mandats/", "journal/", "tournees/", "feuilles/"):
        read(delegate, f"/bureau/la-brassee/{address}", status=404)


def test_the_shop_sees_who_may_act_for_it(owner: Client, village: Village) -> None:
    assert "Claire Vasseur (Les Enseignes du Plateau) peut agir ici depuis le 24 novembre 2026." in read(
        owner, "/bureau/la-brassee/"
    )


def test_the_organisation_page_costs_the_same_however_much_is_said(owner: Client, village: Village) -> None:
    builders.announcement(village.florist)
    few = queries(owner, "/bureau/la-brassee/")
    for _ in range(5):
        builders.announcement(village.florist)
        builders.customer(village.florist)
    assert queries(owner, "/bureau/la-brassee/") == few <= 10


def test_today_says_what_leaves_who_comes_and_what_was_said(owner: Client, village: Village) -> None:
    with clock.frozen(TUESDAY - dt.timedelta(days=5)):
        builders.announcement(village.florist, title="Déjà partie", useful_until=TUESDAY + dt.timedelta(days=20))
    builders.announcement(village.florist, title="Partira vendredi")
    over = TUESDAY + dt.timedelta(days=1)
    builders.announcement(village.florist, title="Demain matin", kind=Kind.EVENT, starts_at=over, seats=8)
    page = read(owner, "/bureau/la-brassee/")
    leaving, coming, last = re.split("On vient chez vous|Ce que vous avez dit", page)
    assert "À la prochaine tournée Vendredi 27 novembre, 18 h" in leaving
    assert "Partira vendredi" in leaving
    assert "Déjà partie" not in leaving
    assert "Demain matin" not in leaving
    assert "Demain matin 18 h, 8 places" in coming
    assert all(title in last for title in ("Déjà partie", "Partira vendredi", "Demain matin"))


def test_today_gives_the_last_call_list_for_a_week(owner: Client, village: Village, printed: Round) -> None:
    assert "1 personne, liste du 24 novembre" in read(owner, "/bureau/la-brassee/")
    with clock.frozen(TUESDAY + dt.timedelta(days=8)):
        assert "liste du" not in read(owner, "/bureau/la-brassee/")


def test_a_first_shop_is_told_where_to_begin_with_one_ink_button(owner: Client, village: Village) -> None:
    page = owner.get("/bureau/la-brassee/").text
    assert "Par où commencer" in page
    assert page.count('class="button"') == 1
    assert "Noter un client" in page
    builders.customer(village.florist)
    assert "Par où commencer" not in read(owner, "/bureau/la-brassee/")


def pages_of_the_florist(village: Village, printed: Round) -> list[str]:
    said = village.florist.announcements.get()
    return ["", "dire/", f"annonces/{said.pk}/", "appels/"]


def test_the_strip_is_on_every_page_where_one_acts_for_somebody_else(
    delegate: Client, owner: Client, village: Village, printed: Round
) -> None:
    for page in pages_of_the_florist(village, printed):
        assert STRIP in read(delegate, f"/bureau/la-brassee/{page}"), page
        assert "Vous agissez pour" not in read(owner, f"/bureau/la-brassee/{page}"), page
    for address in ("/", "/bureau/", "/bureau/enseignes-du-plateau/"):
        assert "Vous agissez pour" not in read(delegate, address), address


def test_the_strip_is_on_a_form_that_comes_back(delegate: Client, village: Village) -> None:
    draft = delegate.post("/bureau/la-brassee/dire/").headers["Location"].replace("photo", "phrase")
    assert STRIP in words(delegate.post(draft, {"title": ""}).content)


def test_a_mandate_that_was_taken_back_closes_the_desk_at_once(delegate: Client, village: Village) -> None:
    revoke_mandate(mandate=village.mandate, by=BY)
    read(delegate, "/bureau/la-brassee/", status=404)
    assert "La Brassée" not in read(delegate, "/bureau/")


def test_a_shop_prints_its_own_call_list_and_nobody_else_s(
    owner: Client, delegate: Client, merchant: Client, village: Village, printed: Round
) -> None:
    assert "1 personne à appeler" in read(owner, "/bureau/la-brassee/appels/")
    lists = {slug: f"/bureau/{slug}/appels/{printed.pk}/" for slug in ("la-brassee", "cave-du-tilleul")}
    bodies = {slug: pdf(client, lists[slug]) for client, slug in ((owner, "la-brassee"), (merchant, "cave-du-tilleul"))}
    assert pdf(delegate, lists["la-brassee"]) == bodies["la-brassee"] != bodies["cave-du-tilleul"]
    for client, slug in ((merchant, "la-brassee"), (owner, "cave-du-tilleul")):
        read(client, lists[slug], status=404)
    read(owner, "/bureau/la-brassee/appels/999/", status=404)


def pdf(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Cache-Control"] == "private, no-store"
    # Read to its end it closes itself; closing it again would take the test's own connection along.
    body = b"".join(response)
    assert body.startswith(b"%PDF")
    return body


def test_the_association_prints_the_sheets_of_its_territory(delegate: Client, owner: Client, printed: Round) -> None:
    page = delegate.get("/bureau/enseignes-du-plateau/feuilles/").text
    assert "Papier" in page
    address = re.findall(r'href="(/bureau/enseignes-du-plateau/feuilles/\d+/)"', page)[0]
    assert pdf(delegate, address)
    read(owner, address, status=404)
    assert "Aucune feuille" not in page


def test_a_file_that_lies_outside_the_outbox_is_never_served(
    delegate: Client, village: Village, printed: Round
) -> None:
    secret = settings.OUTBOX.parent / "secret.pdf"
    secret.write_bytes(b"%PDF of another")
    sheet = Message.objects.filter(channel=Channel.PAPER).get()
    for path in ("../secret.pdf", str(secret), "sheets/../../secret.pdf", "absent.pdf", "."):
        Message.objects.filter(pk=sheet.pk).update(file=path)
        read(delegate, f"/bureau/enseignes-du-plateau/feuilles/{sheet.pk}/", status=404)


def test_a_sheet_not_printed_yet_is_missing(delegate: Client, village: Village) -> None:
    record = builders.customer(village.florist, channel=Channel.PAPER)
    draft = builders.draft(record.person, builders.part(village.florist), channel=Channel.PAPER)
    send_many(drafts=[draft], territory=village.florist.territory, batch="round:1", by=BY)
    sheet = Message.objects.get()
    read(delegate, f"/bureau/enseignes-du-plateau/feuilles/{sheet.pk}/", status=404)
    assert "Aucune feuille pour l’instant." in read(delegate, "/bureau/enseignes-du-plateau/feuilles/")


def test_two_call_lists_of_one_day_are_told_apart_by_the_hour_of_their_round(
    owner: Client, village: Village, printed: Round
) -> None:
    builders.customer(village.florist, channel=Channel.PHONE)
    with clock.frozen(clock.now() + dt.timedelta(hours=2)):
        builders.due_round(village.florist.territory)
        run_due()
        carry_due()
        page = read(owner, "/bureau/la-brassee/appels/")
    assert "Tournée du mardi 24 novembre, 18 h" in page
    assert "Tournée du mardi 24 novembre, 20 h" in page


def test_a_sheet_that_waits_is_not_said_to_be_printed(delegate: Client, printed: Round) -> None:
    page = read(delegate, "/bureau/enseignes-du-plateau/feuilles/")
    assert "À imprimer, prête depuis le mardi 24 novembre, 18 h" in page
    assert "Imprimée" not in page


@pytest.mark.parametrize("page", ["la-brassee/appels/", "enseignes-du-plateau/feuilles/"])
def test_printed_paper_costs_the_same_however_much_there_is(
    delegate: Client, village: Village, printed: Round, page: str
) -> None:
    few = queries(delegate, f"/bureau/{page}")
    for number in range(4):
        builders.customer(village.florist, channel=Channel.PHONE)
        builders.customer(village.florist, channel=Channel.PAPER)
        builders.announcement(village.florist, title=f"Autre {number}")
    with clock.frozen(clock.now() + dt.timedelta(days=3)):
        run_due()
        carry_due()
    assert read(delegate, f"/bureau/{page}").count("24 novembre") < read(delegate, f"/bureau/{page}").count("novembre")
    assert queries(delegate, f"/bureau/{page}") == few <= 10


def test_the_journal_says_who_did_what_in_one_s_own_house(owner: Client, merchant: Client, village: Village) -> None:
    owner.post("/bureau/la-brassee/dire/", {"kind": "news", "title": "Dahlias", "interests": builders.interest().pk})
    page = read(owner, "/bureau/la-brassee/journal/")
    assert "mardi 24 novembre, 18 h Odile Marchand :" in page
    assert "Odile" not in read(merchant, "/bureau/cave-du-tilleul/journal/")
    few = queries(owner, "/bureau/la-brassee/journal/")
    for _ in range(5):
        builders.announcement(village.florist)
    assert queries(owner, "/bureau/la-brassee/journal/") == few <= 10
