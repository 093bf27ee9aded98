"""The shops of a territory, as the bureau of its association keeps them."""

import datetime as dt

import pytest
from django.test import Client

from parvis.accounts.actions import suspend
from parvis.accounts.models import Invitation, Organisation
from parvis.accounts.rules import Role
from parvis.core import clock
from parvis.directory.actions import claim
from parvis.directory.models import Business
from parvis.territory.models import Commune
from tests import builders
from tests.builders import BY, TUESDAY

from .conftest import Village, signed_in
from .page import queries, read, words

SHOPS = "/bureau/enseignes-du-plateau/commerces/"
WHY = "Des annonces pour un autre commerce."


def page_of(shop: Organisation) -> str:
    return f"{SHOPS}{shop.pk}/"


def close(village: Village) -> None:
    suspend(organisation=village.florist, why=WHY, keeper=village.association, by=BY)


def known(name: str, siret: str, **more: object) -> Business:
    stated = {"commune": Commune.objects.get(insee="94075"), "active": True, "listed": True, "category": "fleuriste"}
    return Business.objects.create(siret=siret, name=name, **(stated | more))


def test_each_shop_says_who_answers_who_acts_and_when_it_last_spoke(delegate: Client, village: Village) -> None:
    with clock.frozen(TUESDAY - dt.timedelta(days=3)):
        builders.announcement(village.wines)
    known("Cave", "12345678900011")
    claim(siret="12345678900011", organisation=village.wines, by=BY)
    page = read(delegate, SHOPS)
    assert "La Brassée Villecresnes Aucune Odile Marchand Claire Vasseur Pas encore" in page
    assert "Cave du Tilleul Villecresnes 21 novembre 2026 Anselme Tavernier Reconnu" in page
    assert "Les Enseignes du Plateau Villecresnes" not in page


def test_it_is_searched_by_word_and_by_commune(delegate: Client, village: Village) -> None:
    builders.shop(slug="fournil-des-sources", trade="boulangère", commune=Commune.objects.get(insee="94047"))
    assert "Fournil" in (page := read(delegate, f"{SHOPS}?q=boulangere")) and "Brassée" not in page
    assert "Fournil" not in read(delegate, f"{SHOPS}?q=langere")
    assert "Fournil" in (page := read(delegate, f"{SHOPS}?commune=mandres-les-roses")) and "Tilleul" not in page
    nothing = read(delegate, f"{SHOPS}?q=boulangere&commune=villecresnes")
    assert "Aucun commerce de ce genre ici." in nothing and "Tous les commerces" in nothing


def test_those_that_nobody_claimed_are_there_and_the_masked_never(delegate: Client, village: Village) -> None:
    known("Fleurs sans maître", "12345678900011")
    known("Madame Secrète", "12345678900029", masked=True, listed=False)
    page = read(delegate, f"{SHOPS}?etat=pas-encore")
    assert "1 Pas encore ici" in page
    assert "Fleurs sans maître" in page and "Secrète" not in page


def test_the_stages_tell_who_is_alone_and_who_is_closed(delegate: Client, village: Village) -> None:
    builders.shop(slug="fournil-des-sources")
    close(village)
    assert "3 Ici 1 Sans personne 1 Suspendus 0 Pas encore ici" in read(delegate, SHOPS)
    assert "Fournil" in (page := read(delegate, f"{SHOPS}?etat=sans-personne")) and "Brassée" not in page
    assert "Brassée" in (page := read(delegate, f"{SHOPS}?etat=suspendus")) and "Fournil" not in page


@pytest.mark.parametrize(
    ("state", "title"),
    [
        ("suspendus", "Aucun commerce n’est suspendu."),
        ("sans-personne", "Chaque commerce a quelqu’un qui en répond."),
        ("pas-encore", "Personne ne manque."),
    ],
)
def test_an_empty_stage_says_so(delegate: Client, village: Village, state: str, title: str) -> None:
    assert title in read(delegate, f"{SHOPS}?etat={state}")


def test_it_costs_the_same_for_any_number_of_shops(delegate: Client, village: Village) -> None:
    few, one = queries(delegate, SHOPS), queries(delegate, page_of(village.florist))
    for number in range(6):
        shop = builders.shop(slug=f"autre-{number}")
        builders.user(of=shop)
        builders.announcement(shop)
        known(f"Libre {number}", f"1234567890001{number}")
    assert queries(delegate, SHOPS) == few <= 10
    assert queries(delegate, page_of(village.florist)) == one <= 12


def test_only_the_bureau_of_the_association_comes_in(owner: Client, merchant: Client, village: Village) -> None:
    observer = signed_in(builders.user(of=village.association, role=Role.OBSERVER, email="regard@enseignes.example"))
    club = builders.shop(slug="club", kind=Organisation.Kind.CLUB)
    president = signed_in(builders.user(of=club, role=Role.OFFICER))
    for client in (owner, merchant, observer, president):
        assert client.get(SHOPS).status_code == 404
        assert client.post(f"{page_of(village.wines)}suspendre/", {"why": WHY}).status_code == 404
    assert president.get("/bureau/club/commerces/").status_code == 404
    assert "Commerces Qui dit quoi" not in read(president, "/bureau/club/")
    assert builders.shop().suspended_at is None


# --- The first person of a shop


def test_a_shop_with_nobody_is_given_its_first_person(delegate: Client, village: Village) -> None:
    alone = builders.shop(slug="fournil-des-sources")
    assert "Personne pour l’instant" in read(delegate, page_of(alone))
    typed = {"name": "Samira Belkadi", "email": "samira@fournil.example"}
    answer = words(delegate.post(page_of(alone), typed, follow=True).content)
    assert "L’invitation est partie." in answer
    assert "Samira Belkadi, dont la réponse est attendue" in answer
    assert Invitation.objects.get().role == Role.OWNER
    assert "Une invitation attend déjà une réponse" in words(delegate.post(page_of(alone), typed).content)


def test_a_shop_that_has_somebody_shows_no_form_and_takes_no_invitation(delegate: Client, village: Village) -> None:
    assert "Envoyer l’invitation" not in read(delegate, page_of(village.florist))
    delegate.post(page_of(village.florist), {"name": "Moi", "email": "moi@ailleurs.example"})
    assert not Invitation.objects.exists()


# --- Closed, and open again


def test_it_is_asked_first_and_says_what_it_will_do(delegate: Client, village: Village) -> None:
    asked = read(delegate, f"{page_of(village.florist)}suspendre/")
    assert "Rien n’en part plus, pas même ce qui attend déjà de partir." in asked
    assert builders.shop().suspended_at is None
    assert delegate.get(f"{page_of(village.florist)}rouvrir/").status_code == 405
    missing = words(delegate.post(f"{page_of(village.florist)}suspendre/", {"why": " "}).content)
    assert "Il manque la raison" in missing
    assert builders.shop().suspended_at is None


def test_closed_it_is_nowhere_and_its_people_read_why_and_whom_to_call(
    delegate: Client, owner: Client, client: Client, village: Village
) -> None:
    Organisation.objects.filter(pk=village.association.pk).update(phone="+33199001234")
    said = builders.announcement(village.florist)
    public = ["/vitrine/la-brassee/", "/rejoindre/la-brassee/", f"/annonces/{said.pk}/"]
    assert [client.get(path).status_code for path in public] == [200] * 3
    delegate.post(f"{page_of(village.florist)}suspendre/", {"why": WHY})
    for path in public:
        assert "La page a été retirée" in read(client, path, status=404)
    assert "Brassée" not in read(client, "/") and "Brassée" not in read(client, "/commerces/")
    desk = read(owner, "/bureau/la-brassee/")
    assert WHY in desk and "01 99 00 12 34" in desk and "Les Enseignes du Plateau" in desk
    assert "a suspendu un commerce" in read(owner, "/bureau/la-brassee/journal/")
    assert "a suspendu un commerce" in read(delegate, "/bureau/enseignes-du-plateau/journal/")
    assert "Fichier clients" in desk


def test_opened_again_all_is_back(delegate: Client, owner: Client, client: Client, village: Village) -> None:
    close(village)
    assert WHY in read(delegate, page_of(village.florist))
    answer = words(delegate.post(f"{page_of(village.florist)}rouvrir/", follow=True).content)
    assert "La page de La Brassée est rouverte." in answer
    assert client.get("/vitrine/la-brassee/").status_code == 200
    assert WHY not in read(owner, "/bureau/la-brassee/")


def test_a_page_given_to_the_wrong_person_is_released(delegate: Client, village: Village, client: Client) -> None:
    known("La Brassée", "12345678900011")
    claim(siret="12345678900011", organisation=village.florist, by=BY)
    address = f"{page_of(village.florist)}liberer/"
    assert "Libérer sa page" not in read(delegate, page_of(village.florist))
    assert "Suspendez-le d’abord" in words(delegate.post(address, {"why": WHY}).content)
    close(village)
    assert f'href="{address}"' in delegate.get(page_of(village.florist)).text
    assert "Cela ne se défait pas." in read(delegate, address)
    assert "Il manque la raison" in words(delegate.post(address, {"why": ""}).content)
    answer = delegate.post(address, {"why": "Elle ne la tient pas."}, follow=True)
    assert "La page est libre" in words(answer.content) and "Personne pour l’instant" in words(answer.content)
    assert "Libérer sa page" not in words(answer.content)
    assert 'content="noindex"' in (page := client.get("/commerces/12345678900011/").text) and "reprendre/" in page
    assert client.get("/commerces/12345678900011/reprendre/").status_code == 200


def test_a_page_is_released_by_whoever_may_suspend(owner: Client, village: Village) -> None:
    looker = signed_in(builders.user(of=village.association, role=Role.OBSERVER))
    for client in (owner, looker):
        assert client.post(f"{page_of(village.florist)}liberer/", {"why": WHY}).status_code == 404
    delegate = signed_in(builders.user(of=village.association, role=Role.OFFICER))
    answer = delegate.post(f"{page_of(village.florist)}liberer/", {"why": WHY})  # the register does not know it
    assert answer.headers["Location"] == page_of(village.florist)
