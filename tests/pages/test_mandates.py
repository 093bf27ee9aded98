"""The right to act for an organisation: given, seen, taken back."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from parvis.accounts.actions import give_up_mandate
from parvis.accounts.models import Mandate
from parvis.core import clock
from parvis.core.errors import NotAllowed
from parvis.core.models import AuditEntry
from tests import builders
from tests.builders import BY, TUESDAY

from .conftest import Village, signed_in
from .page import queries, read, words

MANDATES = "/bureau/cave-du-tilleul/mandats/"


def signed(**changes: Any) -> dict[str, Any]:
    stated: dict[str, Any] = {
        "email": "Claire@enseignes.example",
        "signed_by": "Anselme Tavernier",
        "signed_on": "2026-11-20",
        "evidence": "Tiroir du haut",
        "permissions": ["see_desk", "announce"],
    }
    return {name: value for name, value in (stated | changes).items() if value is not None}


def refused(client: Client, **changes: Any) -> str:
    page = words(client.post(MANDATES, signed(**changes)).content)
    assert not Mandate.objects.filter(organisation__slug="cave-du-tilleul").exists()
    return page


def test_a_mandate_that_is_noted_opens_the_desk(merchant: Client, delegate: Client, village: Village) -> None:
    read(delegate, "/bureau/cave-du-tilleul/", status=404)
    response = merchant.post(MANDATES, signed(), follow=True)
    page = words(response.content)
    assert "Le mandat est noté." in page
    assert "Claire Vasseur (Les Enseignes du Plateau)" in page
    assert "Signé par Anselme Tavernier le 20 novembre 2026. Tiroir du haut." in page
    assert "Vous agissez pour Cave du Tilleul" in read(delegate, "/bureau/cave-du-tilleul/")
    read(delegate, "/bureau/cave-du-tilleul/appels/", status=404)


def test_a_mandate_that_is_taken_back_closes_it(owner: Client, delegate: Client, village: Village) -> None:
    for _ in range(2):
        response = owner.post(f"/bureau/la-brassee/mandats/{village.mandate.pk}/reprendre/", follow=True)
        assert "Le mandat est repris." in words(response.content)
    assert "Repris le 24 novembre 2026." in read(owner, "/bureau/la-brassee/mandats/")
    read(delegate, "/bureau/la-brassee/", status=404)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"email": "inconnue@ailleurs.example"},
            "Personne n’a ce courriel dans une organisation d’ici. Demandez-lui d’abord d’y être inscrit.",
        ),
        ({"email": ""}, "Il manque le courriel de la personne qui agira pour vous."),
        ({"email": "claire"}, "Ce courriel ne se lit pas : écrivez-le comme prenom.nom@exemple.fr."),
        ({"signed_by": " "}, "Il manque qui a signé."),
        ({"signed_on": ""}, "Il manque le jour de la signature."),
        ({"signed_on": "hier"}, "Cette date ne se lit pas : écrivez-la comme 28/11/2026."),
        ({"signed_on": "2026-12-01"}, "La date de signature est à venir : notez le mandat une fois signé."),
        ({"ends_on": "demain"}, "Cette date ne se lit pas : écrivez-la comme 28/11/2026."),
        ({"ends_on": "2026-11-19"}, "La fin du mandat vient avant sa signature."),
        ({"ends_on": "2026-11-23"}, "Ce mandat est déjà fini : notez un jour à venir, ou laissez vide."),
        ({"email": "anselme@tilleul.example"}, "Cette personne a déjà un rôle chez vous"),
        ({"evidence": ""}, "Il manque l’endroit où le papier signé est gardé."),
        ({"permissions": None}, "Cochez au moins un droit."),
    ],
)
def test_what_misses_is_said_in_french(merchant: Client, changes: dict[str, Any], sentence: str) -> None:
    assert sentence in refused(merchant, **changes)


def test_a_right_that_no_mandate_gives_is_not_given(merchant: Client, village: Village) -> None:
    refused(merchant, permissions=["give_mandate"])
    assert [m.permissions for m in Mandate.objects.all()] == [village.mandate.permissions]


def test_a_refusal_keeps_what_was_typed(merchant: Client, village: Village) -> None:
    page = merchant.post(MANDATES, signed(email="inconnue@ailleurs.example")).text
    assert 'value="Tiroir du haut"' in page
    assert 'value="inconnue@ailleurs.example"' in page


def test_only_the_house_itself_gives_and_takes_back(
    delegate: Client, merchant: Client, owner: Client, village: Village
) -> None:
    for client in (delegate, merchant):
        assert client.post("/bureau/la-brassee/mandats/", signed()).status_code == 404
        assert client.post(f"/bureau/la-brassee/mandats/{village.mandate.pk}/reprendre/").status_code == 404
    assert merchant.post(f"{MANDATES}{village.mandate.pk}/reprendre/").status_code == 404
    assert Mandate.objects.in_force().count() == 1


def test_mandates_cost_the_same_for_any_number(merchant: Client, village: Village) -> None:
    merchant.post(MANDATES, signed())
    few = queries(merchant, MANDATES)
    for number in range(4):
        email = f"aide{number}@enseignes.example"
        builders.user(of=village.association, email=email)
        merchant.post(MANDATES, signed(email=email))
    assert read(merchant, MANDATES).count("Tiroir du haut") == 5
    assert queries(merchant, MANDATES) == few <= 10


def test_nobody_s_mandate_is_said_so(village: Village) -> None:
    assert "Personne n’agit pour vous." in read(signed_in(village.merchant), MANDATES)


def test_the_right_to_announce_alone_opens_the_desk_from_which_one_does(
    merchant: Client, delegate: Client, village: Village
) -> None:
    merchant.post(MANDATES, signed(permissions=["announce"]))
    assert "Cave du Tilleul" in read(delegate, "/bureau/")
    assert "Dire quelque chose" in read(delegate, "/bureau/cave-du-tilleul/")
    read(delegate, "/bureau/cave-du-tilleul/clients/", status=404)


def test_a_mandate_noted_before_that_rule_opens_the_desk_too(delegate: Client, village: Village) -> None:
    Mandate.objects.filter(pk=village.mandate.pk).update(permissions=["announce"])
    assert "La Brassée" in read(delegate, "/bureau/")
    assert "Dire quelque chose" in read(delegate, "/bureau/la-brassee/")


def test_the_same_mandate_is_not_noted_twice(merchant: Client, village: Village) -> None:
    merchant.post(MANDATES, signed())
    page = words(merchant.post(MANDATES, signed(permissions=["announce"])).content)
    assert "Cette personne a déjà un mandat qui ouvre tout cela, aussi longtemps." in page
    assert Mandate.objects.filter(organisation=village.wines).count() == 1


@pytest.mark.parametrize(("first", "second"), [({}, {"permissions": ["see_paper"]}), ({"ends_on": "2026-12-01"}, {})])
def test_a_mandate_that_opens_more_or_lasts_longer_is_noted(
    merchant: Client, village: Village, first: dict[str, Any], second: dict[str, Any]
) -> None:
    merchant.post(MANDATES, signed(**first))
    merchant.post(MANDATES, signed(**second))
    assert Mandate.objects.filter(organisation=village.wines).count() == 2


def test_the_list_says_what_each_opens_and_until_when(merchant: Client, village: Village) -> None:
    merchant.post(MANDATES, signed(ends_on="2026-12-01"))
    page = read(merchant, MANDATES)
    assert "Jusqu’au 1er décembre 2026. Voir votre bureau, Dire une annonce pour vous." in page
    with clock.frozen(TUESDAY + dt.timedelta(days=8)):
        page = read(merchant, MANDATES)
    assert "Fini depuis le 1er décembre 2026." in page
    assert "Reprendre" not in page


def test_taking_back_is_asked_first_and_asking_changes_nothing(
    owner: Client, delegate: Client, village: Village
) -> None:
    page = read(owner, f"/bureau/la-brassee/mandats/{village.mandate.pk}/reprendre/")
    assert "Reprendre le mandat de Claire Vasseur ?" in page
    assert "il faudra un nouveau papier signé" in page
    assert read(delegate, "/bureau/la-brassee/")
    owner.post(f"/bureau/la-brassee/mandats/{village.mandate.pk}/reprendre/")
    assert "Il est déjà repris" in read(owner, f"/bureau/la-brassee/mandats/{village.mandate.pk}/reprendre/")


def test_the_association_reads_what_it_holds_and_gives_it_up(
    delegate: Client, owner: Client, merchant: Client, village: Village
) -> None:
    shop = f"/bureau/enseignes-du-plateau/commerces/{village.florist.pk}/"
    page = read(delegate, shop)
    said = "Claire Vasseur (Les Enseignes du Plateau), signé par Odile Marchand le 24 novembre 2026"
    assert f"{said} voir son bureau, dire une annonce, imprimer ses listes d’appels. Sans date de fin." in page
    address = f"/bureau/enseignes-du-plateau/commerces/mandats/{village.mandate.pk}/rendre/"
    assert address in delegate.get(shop).text
    assert "Claire Vasseur ne pourra plus rien faire pour La Brassée" in read(delegate, address)
    for client, slug in ((owner, "la-brassee"), (merchant, "cave-du-tilleul")):
        assert client.post(address.replace("enseignes-du-plateau", slug)).status_code == 404
    answer = delegate.post(address, follow=True)
    assert "Le mandat est rendu. Le commerce en est averti." in words(answer.content)
    assert not Mandate.objects.in_force().exists()
    assert delegate.post(address).status_code == 404
    lines = AuditEntry.objects.filter(verb="give_up_mandate").values_list("organisation", flat=True)
    assert set(lines) == {f"organisation:{one.pk}" for one in (village.florist, village.association)}
    assert "Repris le 24 novembre 2026" in read(owner, "/bureau/la-brassee/mandats/")


def test_an_organisation_gives_up_only_what_is_held_through_it(village: Village) -> None:
    with pytest.raises(NotAllowed):
        give_up_mandate(mandate=village.mandate, keeper=village.wines, by=BY)
    assert Mandate.objects.in_force().exists()
