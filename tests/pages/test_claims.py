"""« C’est mon commerce » : the public page, and the answers of the bureau."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse

from parvis.accounts.models import Organisation, SignInCode, User
from parvis.accounts.rules import Role
from parvis.announcements.actions import report
from parvis.announcements.models import Report
from parvis.core import clock
from parvis.core.models import AuditEntry
from parvis.directory.actions import claim
from parvis.directory.claims import ask, prepare_letter
from parvis.directory.models import Business, Claim
from parvis.territory.models import Commune
from tests import builders
from tests.builders import BY

from .conftest import BACKEND, Village, signed_in
from .page import read, words
from .showing import suspend

SIRET = "12345678900011"
PAGE = f"/commerces/{SIRET}/reprendre/"
BUREAU = "/bureau/enseignes-du-plateau/"
TYPED = {"name": "Lise Morand", "email": "lise@ailleurs.example", "tie": "holds", "phone": "01 99 00 10 31"}


@pytest.fixture
def mill(village: Village) -> Business:
    return Business.objects.create(
        siret=SIRET, name="Le Moulin à café", commune=Commune.objects.get(insee="94075"), active=True, listed=True,
        category="fleuriste", address="3 rue du Lavoir", postcode="94440",
    )  # fmt: skip


@pytest.fixture
def lise(mill: Business) -> Client:
    return signed_in(User.objects.create_user("lise@ailleurs.example", "Lise Morand"))


def waiting(mill: Business, email: str = "lise@ailleurs.example") -> Claim:
    user = User.objects.filter(email=email).first() or User.objects.create_user(email, "Lise Morand")
    return ask(business=mill, user=user, name="Lise Morand", tie="holds", phone="0199001031", by=BY)


# --- Whoever asks -----------------------------------------------------------------------------------------------------
def test_an_unclaimed_page_leads_to_how_it_goes(client: Client, mill: Business) -> None:
    assert f'href="{PAGE}"' in client.get(f"/commerces/{SIRET}/").text
    page = read(client, PAGE)
    assert "C’est votre commerce ?" in page and "Un code arrive à votre courriel" in page
    assert 'content="noindex"' in client.get(PAGE).text


def test_a_visitor_proves_their_address_before_anything_is_asked(client: Client, mill: Business) -> None:
    answer = client.post(PAGE, TYPED)
    asks = f"{reverse('account_confirm_login_code')}?next=%2Fcommerces%2F{SIRET}%2Freprendre%2F"
    assert answer.headers["Location"] == asks
    assert "Quel est le code ?" in words(client.get(asks).content)
    code = SignInCode.objects.get(email=TYPED["email"]).code
    assert client.post(asks, {"code": code, "next": PAGE}).headers["Location"] == PAGE
    client.logout()
    client.post(PAGE, TYPED)
    assert not Claim.objects.exists()
    # Anyone may type anyone's address: nothing of what they typed is kept there yet.
    assert User.objects.get(email=TYPED["email"]).name == TYPED["email"]
    client.force_login(User.objects.get(email=TYPED["email"]), backend=BACKEND)
    page = read(client, PAGE)
    assert "Il reste à envoyer votre demande" in page and "Je le tiens" in page and "Lise Morand" in page
    assert "lise@ailleurs.example" in page and "01 99 00 10 31" in page and "Votre prénom et votre nom" not in page
    changing = client.get(f"{PAGE}?changer")
    assert 'value="Lise Morand"' in changing.text and "checked" in changing.text
    assert 'value="01\xa099\xa000\xa010\xa031"' in changing.text
    answer = client.post(PAGE, {name: TYPED[name] for name in ("name", "tie", "phone")}, follow=True)
    assert "Votre demande attend la réponse de l’association." in words(answer.content)
    assert Claim.objects.get().phone == "+33199001031"
    assert (Claim.objects.get().user.email, Claim.objects.get().user.name) == (TYPED["email"], "Lise Morand")


def test_the_same_is_answered_whoever_has_the_address(client: Client, mill: Business, village: Village) -> None:
    first = client.post(PAGE, TYPED | {"email": village.owner.email})
    second = Client().post(PAGE, TYPED)
    assert (first.status_code, first.headers["Location"]) == (second.status_code, second.headers["Location"])
    village.owner.refresh_from_db()
    assert village.owner.name == "Odile Marchand"


def test_nobody_else_learns_that_someone_asked(client: Client, merchant: Client, mill: Business) -> None:
    before = read(client, PAGE), read(merchant, PAGE), read(client, f"/commerces/{SIRET}/")
    waiting(mill)
    assert (read(client, PAGE), read(merchant, PAGE), read(client, f"/commerces/{SIRET}/")) == before
    assert 'content="noindex"' in client.get(f"/commerces/{SIRET}/").text


def test_what_misses_is_told_beside_its_question(client: Client, mill: Business) -> None:
    page = words(client.post(PAGE, {"name": "", "email": "lise", "tie": "", "phone": "01 99 00 10"}).content)
    for sentence in (
        "Il manque 2 chiffres à la fin.",
        "Il manque votre nom.",
        "Ce courriel ne se lit pas",
        "Dites ce qui vous lie à ce commerce.",
    ):
        assert sentence in page
    assert not User.objects.filter(email="lise").exists()


def test_a_page_that_somebody_holds_says_so_and_the_others_are_nowhere(
    client: Client, mill: Business, village: Village
) -> None:
    claim(siret=SIRET, organisation=village.florist, by=BY)
    assert client.get(PAGE, follow=True).redirect_chain[-1][0] == "/vitrine/la-brassee/"
    suspend(village.florist)
    assert client.get(PAGE, follow=True).status_code == 404
    for hidden in ({"masked": True, "listed": False, "address": "", "postcode": ""}, {"active": False}):
        Business.objects.filter(pk=mill.pk).update(organisation=None, **hidden)
        assert client.get(PAGE).status_code == 404


def test_ten_claims_an_hour_from_one_place(client: Client, mill: Business) -> None:
    for _ in range(12):
        assert client.post(PAGE, {}).status_code == 200
    for number in range(10):
        # One computer changes its address as it likes in an IPv6 network.
        client.post(PAGE, TYPED | {"email": f"n{number}@ailleurs.example"}, REMOTE_ADDR=f"2001:db8::{number + 1}")
    answer = client.post(PAGE, TYPED, REMOTE_ADDR="2001:db8::99")
    assert answer.status_code == 429 and "Attendez une heure" in words(answer.content)
    assert not User.objects.filter(email=TYPED["email"]).exists()


def test_the_address_is_asked_once(client: Client, mill: Business) -> None:
    """The sign-in has it already; another that is written there, to mend the first, gets a code too."""
    page = client.post(PAGE, TYPED, follow=True)
    assert 'value="lise@ailleurs.example"' in page.text
    client.post("/connexion/", {"email": "Lise.Morand@ailleurs.example"})
    assert User.objects.filter(email="lise.morand@ailleurs.example").exists()
    assert 'value="lise.morand@ailleurs.example"' in client.get("/connexion/").text
    Client().post("/connexion/", {"email": "inconnue@ailleurs.example"})
    for number in range(9):
        client.post("/connexion/", {"email": f"n{number}@ailleurs.example"})
    assert not User.objects.filter(email__in=["inconnue@ailleurs.example", "n8@ailleurs.example"]).exists()


def test_a_letter_opened_on_another_device_asks_the_name(client: Client, mill: Business, village: Village) -> None:
    slip = prepare_letter(business=mill, keeper=village.association, by=BY)
    client.force_login(User.objects.create_user("lise@ailleurs.example", "lise@ailleurs.example"), backend=BACKEND)
    page = words(client.post(PAGE, {"code": slip.code}).content)
    assert "Il manque votre nom." in page and not Claim.objects.exists()
    answer = client.post(PAGE, {"code": slip.code, "name": "Lise Morand"}, follow=True)
    assert "La vitrine est à vous." in words(answer.content)
    slip.refresh_from_db()
    assert slip.answered_by == "Lise Morand"
    names = set(AuditEntry.objects.values_list("actor_name", flat=True))
    assert "Lise Morand" in names and "lise@ailleurs.example" not in names


def test_asked_twice_it_waits_once(lise: Client, mill: Business) -> None:
    typed = {name: TYPED[name] for name in ("name", "tie", "phone")}
    for _ in range(2):
        page = words(lise.post(PAGE, typed, follow=True).content)
        assert "Votre demande attend la réponse" in page
    assert Claim.objects.count() == 1


def test_the_code_of_a_letter_opens_the_window_at_once(lise: Client, mill: Business, village: Village) -> None:
    slip = prepare_letter(business=mill, keeper=village.association, by=BY)
    answer = lise.post(PAGE, {"code": slip.code}, follow=True)
    assert answer.redirect_chain[-1][0] == "/bureau/le-moulin-a-cafe/vitrine/"
    assert "La vitrine est à vous." in words(answer.content)
    assert Client().get(f"/commerces/{SIRET}/").headers["Location"] == "/vitrine/le-moulin-a-cafe/"
    assert lise.post(PAGE, {"code": slip.code}).status_code == 302


def test_a_code_that_opens_nothing_is_told_at_its_field(lise: Client, mill: Business) -> None:
    answer = lise.post(PAGE, {"code": ""})
    assert "Il manque le code." in words(answer.content) and "Votre prénom et votre nom" in words(answer.content)


# --- The bureau of the association ------------------------------------------------------------------------------------
def test_the_bureau_reads_who_asks_and_opens(delegate: Client, mill: Business) -> None:
    one = waiting(mill)
    page = read(delegate, f"{BUREAU}demandes/")
    assert "Le Moulin à café" in page and "Lise Morand, depuis le 24 novembre" in page
    page = read(delegate, f"{BUREAU}demandes/{one.pk}/")
    assert "lise@ailleurs.example" in page and "01 99 00 10 31" in page and SIRET in page
    answer = delegate.post(f"{BUREAU}demandes/{one.pk}/", {"decision": "ouvrir"}, follow=True)
    assert "La vitrine du Moulin à café est ouverte." in words(answer.content)
    assert "En répond Lise Morand" in words(answer.content)
    # The back button, then the same press.
    again = delegate.post(f"{BUREAU}demandes/{one.pk}/", {"decision": "ouvrir"}, follow=True)
    assert "En répond Lise Morand" in words(again.content) and Organisation.objects.filter(name=mill.name).count() == 1
    assert "Le Moulin à café" in read(Client(), "/vitrine/le-moulin-a-cafe/")


def test_a_shop_that_is_here_already_is_offered(delegate: Client, mill: Business, village: Village) -> None:
    one = waiting(mill)
    address = f"{BUREAU}demandes/{one.pk}/"
    assert "C’est celui-ci" not in read(delegate, address)
    noted = builders.shop(slug="moulin", name="Au Moulin")
    assert "C’est celui-ci : Au Moulin" in read(delegate, address)
    assert delegate.post(address, {"decision": "ouvrir", "commerce": village.florist.pk}).headers["Location"] == address
    answer = delegate.post(address, {"decision": "ouvrir", "commerce": noted.pk}, follow=True)
    assert "En répond Lise Morand" in words(answer.content) and "Reconnu par son SIRET" in words(answer.content)
    assert not Organisation.objects.filter(name=mill.name).exists()


def test_a_refusal_has_its_reason_which_the_asker_reads(delegate: Client, lise: Client, mill: Business) -> None:
    one = waiting(mill)
    address = f"{BUREAU}demandes/{one.pk}/"
    assert "Il manque la raison" in words(delegate.post(address, {"decision": "refuser", "why": ""}).content)
    answer = delegate.post(address, {"decision": "refuser", "why": "Inconnue au marché."}, follow=True)
    assert "C’est répondu : Lise Morand lit votre raison." in words(answer.content)
    again = delegate.post(address, {"decision": "ouvrir"}, follow=True)
    assert "Cette demande a déjà eu sa réponse." in words(again.content)
    page = read(lise, PAGE)
    assert "L’association a répondu non." in page and "Inconnue au marché." in page
    assert "Inconnue" not in read(Client(), PAGE)


def test_two_who_ask_for_one_business_are_told_to_the_bureau(delegate: Client, mill: Business) -> None:
    one = waiting(mill)
    assert "Quelqu’un d’autre demande" not in read(delegate, f"{BUREAU}demandes/{one.pk}/")
    waiting(mill, "autre@ailleurs.example")
    assert "Quelqu’un d’autre demande aussi ce commerce." in read(delegate, f"{BUREAU}demandes/{one.pk}/")


def test_a_letter_is_prepared_once_a_day_and_printed(delegate: Client, mill: Business) -> None:
    assert f"{BUREAU}lettres/pour/{SIRET}/" in delegate.get(f"{BUREAU}commerces/?etat=pas-encore").text
    assert "Le code vaut soixante jours." in read(delegate, f"{BUREAU}lettres/pour/{SIRET}/")
    papers = {delegate.post(f"{BUREAU}lettres/pour/{SIRET}/").headers["Location"] for _ in range(2)}
    assert len(papers) == 1
    (paper,) = papers
    delegate.cookies["django_language"] = "en"
    assert "jusqu’au 23 janvier 2027" in read(delegate, paper)
    del delegate.cookies["django_language"]
    assert 'aria-label="Code à photographier' in delegate.get(paper).text
    page = read(delegate, paper)
    assert re.search(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b", page) and PAGE in page and "3 rue du Lavoir" in page


def test_only_the_bureau_of_an_association_answers(owner: Client, mill: Business, village: Village) -> None:
    one = waiting(mill)
    club = builders.shop(slug="club", kind=Organisation.Kind.CLUB)
    looker = signed_in(builders.user(of=village.association, role=Role.OBSERVER))
    of_club = signed_in(builders.user(of=club, role=Role.OFFICER))
    for client, slug in ((owner, "la-brassee"), (looker, "enseignes-du-plateau"), (of_club, "club")):
        for path in ("demandes/", f"demandes/{one.pk}/", f"lettres/pour/{SIRET}/"):
            assert client.get(f"/bureau/{slug}/{path}").status_code == 404
    assert "Demandes de vitrines" not in read(owner, "/bureau/la-brassee/")


def test_codes_are_not_asked_for_without_a_pause(client: Client, mill: Business) -> None:
    for _ in range(3):
        assert client.post(PAGE, TYPED).status_code == 302
    assert "Attendez une minute" in words(client.post(PAGE, TYPED).content)
    assert SignInCode.objects.count() == 3


def test_whoever_waits_for_an_answer_reads_it_on_their_desk(lise: Client, mill: Business) -> None:
    one = waiting(mill)
    page = lise.get("/bureau/").text
    assert f'href="{PAGE}"' in page and "Aucune organisation" not in page
    assert "Votre demande attend la réponse de l’association depuis le 24 novembre 2026." in words(page.encode())
    one.delete()
    assert "Aucune organisation pour l’instant." in read(lise, "/bureau/")


def test_the_desk_of_the_bureau_tells_what_waits(delegate: Client, owner: Client, mill: Business) -> None:
    assert "Cela vous attend" not in read(delegate, BUREAU)
    waiting(mill)
    waiting(mill, "autre@ailleurs.example")
    said = builders.announcement(builders.shop())
    report(announcement=said, reason=Report.Reason.FALSE)
    client = Client()
    client.post(f"/commerces/{SIRET}/retirer/")
    page = read(delegate, BUREAU)
    assert "2 demandes de vitrines attendent votre réponse" in page
    assert "1 annonce signalée attend votre avis" in page
    assert "1 page retirée de l’annuaire depuis sept jours" in page
    assert "Cela vous attend" not in read(owner, "/bureau/la-brassee/")
    with clock.frozen(clock.now() + dt.timedelta(days=8)):
        assert "page retirée" not in read(delegate, BUREAU)


def test_the_bureau_puts_back_a_page_that_was_taken_down(delegate: Client, owner: Client, mill: Business) -> None:
    assert "Personne n’a retiré de page." in read(delegate, f"{BUREAU}commerces/?etat=retirees")
    Client().post(f"/commerces/{SIRET}/retirer/")
    assert "Le Moulin à café" in read(delegate, f"{BUREAU}commerces/?etat=retirees")
    back = f"commerces/annuaire/{SIRET}/remettre/"
    assert owner.post(f"/bureau/la-brassee/{back}").status_code == 404
    assert delegate.get(f"{BUREAU}{back}").status_code == 405
    answer = delegate.post(f"{BUREAU}{back}", follow=True)
    assert "La page « Le Moulin à café » est de nouveau dans l’annuaire." in words(answer.content)
    assert AuditEntry.objects.get(verb="relist").organisation
    assert delegate.post(f"{BUREAU}{back}").status_code == 404


# --- Search engines (decision 7) --------------------------------------------------------------------------------------
def test_lists_that_hold_someone_who_claimed_nothing_are_not_indexed(
    client: Client, mill: Business, village: Village
) -> None:
    village.florist.trade = "fleuriste"
    village.florist.save()
    lists = ("/commerces/metier/fleuriste/", "/commerces/a/villecresnes/")
    for path in lists:
        assert 'name="robots" content="noindex, follow"' in client.get(path).text
    assert lists[0] not in client.get("/sitemap.xml").text
    claim(siret=SIRET, organisation=village.florist, by=BY)
    for path in lists:
        assert 'name="robots" content="index, follow"' in client.get(path).text
    assert lists[0] in client.get("/sitemap.xml").text
