"""The right to act for an organisation: given, seen, taken back."""

from typing import Any

import pytest
from django.test import Client

from parvis.accounts.models import Mandate
from tests import builders

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
    assert owner.get(f"/bureau/la-brassee/mandats/{village.mandate.pk}/reprendre/").status_code == 405
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
