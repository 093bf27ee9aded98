"""The right to act for an organisation: given, seen, taken back."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from parvis.accounts.actions import give_up_mandate, revoke_mandate, take_mandate
from parvis.accounts.actions.mandates import WaitsNoMore
from parvis.accounts.models import Mandate
from parvis.accounts.rules import Role
from parvis.core import clock
from parvis.core.errors import NotAllowed
from parvis.core.models import AuditEntry
from parvis.pages.views.mandates import MANDATES_A_DAY
from tests import builders
from tests.builders import BY, TUESDAY
from tests.letterbox import notices

from .conftest import Village, signed_in
from .page import queries, read, words

MANDATES = "/bureau/cave-du-tilleul/mandats/"


TAKE = "/bureau/enseignes-du-plateau/commerces/mandats/{}/prendre/"


def signed(**changes: Any) -> dict[str, Any]:
    stated: dict[str, Any] = {
        "through": builders.association().pk,
        "signed_by": "Anselme Tavernier",
        "signed_on": "2026-11-20",
        "evidence": "Tiroir du haut",
        "permissions": ["see_desk", "announce"],
    }
    return {name: value for name, value in (stated | changes).items() if value is not None}


def taken(merchant: Client, delegate: Client, **changes: Any) -> Mandate:
    """Noted by the shop, then taken by Claire."""
    merchant.post(MANDATES, signed(**changes))
    waiting = Mandate.objects.waiting().get(organisation__slug="cave-du-tilleul")
    assert delegate.post(TAKE.format(waiting.pk)).status_code == 302
    return Mandate.objects.get(pk=waiting.pk)


def refused(client: Client, **changes: Any) -> str:
    page = words(client.post(MANDATES, signed(**changes)).content)
    assert not Mandate.objects.filter(organisation__slug="cave-du-tilleul").exists()
    return page


def test_a_mandate_that_is_noted_opens_nothing_before_someone_takes_it(
    merchant: Client, delegate: Client, village: Village
) -> None:
    page = words(merchant.post(MANDATES, signed(), follow=True).content)
    assert "Le mandat est noté." in page
    assert "Les Enseignes du Plateau Signé par Anselme Tavernier le 20 novembre 2026. Tiroir du haut." in page
    assert "Il attend que quelqu’un le prenne : il n’ouvre rien encore." in page
    assert "Claire" not in page
    read(delegate, "/bureau/cave-du-tilleul/", status=404)
    assert not Mandate.objects.in_force().filter(organisation=village.wines).exists()


def test_whoever_takes_it_acts_in_their_own_name(
    merchant: Client, delegate: Client, village: Village, outbox: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        merchant.post(MANDATES, signed())
    mandate = Mandate.objects.waiting().get()
    (told,) = notices()
    assert told["To"] == "claire@enseignes.example"
    assert "/bureau/enseignes-du-plateau/commerces/" in told.get_content()
    take = TAKE.format(mandate.pk)
    for address in ("/bureau/enseignes-du-plateau/commerces/", shop_at_the_association(village)):
        assert take in delegate.get(address).text
    page = read(delegate, take)
    assert "Prendre le mandat de Cave du Tilleul ?" in page
    assert "Ce qu’il ouvre : voir son bureau, dire une annonce. Sans date de fin." in page
    with django_capture_on_commit_callbacks(execute=True):
        answer = delegate.post(take, follow=True)
    assert "Le mandat est à vous. Le commerce en est averti." in words(answer.content)
    assert notices()[-1]["To"] == "anselme@tilleul.example"
    assert "Claire Vasseur (Les Enseignes du Plateau)" in read(merchant, MANDATES)
    assert "Vous agissez pour Cave du Tilleul" in read(delegate, "/bureau/cave-du-tilleul/")
    read(delegate, "/bureau/cave-du-tilleul/appels/", status=404)
    lines = AuditEntry.objects.filter(verb="take_mandate").values_list("organisation", flat=True)
    assert set(lines) == {f"organisation:{one.pk}" for one in (village.wines, village.association)}
    read(delegate, take, status=404)


def shop_at_the_association(village: Village) -> str:
    return f"/bureau/enseignes-du-plateau/commerces/{village.wines.pk}/"


def test_only_the_bureau_that_it_was_given_to_takes_it(merchant: Client, owner: Client, village: Village) -> None:
    merchant.post(MANDATES, signed())
    mandate = Mandate.objects.waiting().get()
    observer = builders.user(of=village.association, role=Role.OBSERVER, email="lise@enseignes.example")
    for client in (merchant, owner, signed_in(observer)):
        assert client.post(TAKE.format(mandate.pk)).status_code == 404
    with pytest.raises(NotAllowed):
        take_mandate(mandate=mandate, keeper=village.association, holder=observer, by=BY)
    with pytest.raises(NotAllowed):
        take_mandate(mandate=mandate, keeper=village.wines, holder=village.merchant, by=BY)
    assert not Mandate.objects.in_force().filter(organisation=village.wines).exists()


def test_of_two_who_take_it_together_one_does_and_the_other_is_told(merchant: Client, village: Village) -> None:
    merchant.post(MANDATES, signed())
    mandate = Mandate.objects.waiting().get()
    lise = builders.user(of=village.association, role=Role.OFFICER, email="lise@enseignes.example")
    take_mandate(mandate=mandate, keeper=village.association, holder=lise, by=BY)
    with pytest.raises(WaitsNoMore):
        take_mandate(mandate=mandate, keeper=village.association, holder=village.delegate, by=BY)
    mandate.refresh_from_db()
    assert mandate.holder == lise


def test_whoever_has_a_role_in_the_shop_leaves_its_mandate_to_another(
    merchant: Client, delegate: Client, village: Village
) -> None:
    merchant.post(MANDATES, signed())
    mandate = Mandate.objects.waiting().get()
    builders.user(of=village.wines, role=Role.OBSERVER, email=village.delegate.email)
    answer = delegate.post(TAKE.format(mandate.pk))
    assert answer.status_code == 409
    assert "laissez-le à une autre personne du bureau" in words(answer.content)


def test_one_that_waits_is_given_up_or_taken_back(merchant: Client, delegate: Client, village: Village) -> None:
    merchant.post(MANDATES, signed())
    mandate = Mandate.objects.waiting().get()
    give_up = f"/bureau/enseignes-du-plateau/commerces/mandats/{mandate.pk}/rendre/"
    assert "Personne n’agira pour Cave du Tilleul" in read(delegate, give_up)
    delegate.post(give_up)
    assert "Repris le 24 novembre 2026." in read(merchant, MANDATES)
    merchant.post(MANDATES, signed())
    again = Mandate.objects.waiting().get()
    assert "Personne ne l’a pris encore." in read(merchant, f"{MANDATES}{again.pk}/reprendre/")
    merchant.post(f"{MANDATES}{again.pk}/reprendre/")
    read(delegate, TAKE.format(again.pk), status=404)


def test_nobody_learns_who_works_where_by_noting_mandates(merchant: Client, village: Village) -> None:
    """There is no address to try, and nobody is named who did not take it."""
    page = merchant.get(MANDATES).text
    assert 'type="email"' not in page
    for typed in ("claire@enseignes.example", "personne@ailleurs.example"):
        refused(merchant, through=None, email=typed)
    for other in (village.florist, village.wines):
        assert "Un mandat se donne à l’association d’ici : choisissez-la." in refused(merchant, through=other.pk)


def test_a_shop_that_notes_and_takes_back_all_day_writes_to_the_association_ten_times(
    merchant: Client, owner: Client, village: Village
) -> None:
    for _ in range(MANDATES_A_DAY):
        merchant.post(MANDATES, signed())
        revoke_mandate(mandate=Mandate.objects.waiting().get(), by=BY)
    page = words(merchant.post(MANDATES, signed()).content)
    assert "Assez de mandats sont notés pour aujourd’hui. Les autres attendront demain." in page
    assert not Mandate.objects.waiting().exists()
    owner.post("/bureau/la-brassee/mandats/", signed(permissions=["see_customers"]))
    assert Mandate.objects.waiting().filter(organisation=village.florist).exists()


def test_without_an_association_there_is_nobody_to_give_one_to(merchant: Client, village: Village) -> None:
    village.delegate.offices.all().delete()
    assert "Personne ici ne peut agir pour vous." in read(merchant, MANDATES)
    refused(merchant)


def test_a_mandate_that_is_taken_back_closes_it(owner: Client, delegate: Client, village: Village) -> None:
    for _ in range(2):
        response = owner.post(f"/bureau/la-brassee/mandats/{village.mandate.pk}/reprendre/", follow=True)
        assert "Le mandat est repris." in words(response.content)
    assert "Repris le 24 novembre 2026." in read(owner, "/bureau/la-brassee/mandats/")
    read(delegate, "/bureau/la-brassee/", status=404)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"through": None}, "Dites qui agira pour vous : choisissez dans la liste."),
        ({"through": 0}, "Un mandat se donne à l’association d’ici : choisissez-la."),
        ({"signed_by": " "}, "Il manque qui a signé."),
        ({"signed_on": ""}, "Il manque le jour de la signature."),
        ({"signed_on": "hier"}, "Cette date ne se lit pas : écrivez-la comme 28/11/2026."),
        ({"signed_on": "2026-12-01"}, "La date de signature est à venir : notez le mandat une fois signé."),
        ({"ends_on": "demain"}, "Cette date ne se lit pas : écrivez-la comme 28/11/2026."),
        ({"ends_on": "2026-11-19"}, "La fin du mandat vient avant sa signature."),
        ({"ends_on": "2026-11-23"}, "Ce mandat est déjà fini : notez un jour à venir, ou laissez vide."),
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
    page = merchant.post(MANDATES, signed(signed_on="hier")).text
    assert 'value="Tiroir du haut"' in page
    assert 'value="hier"' in page


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
    for _ in range(4):
        revoke_mandate(mandate=Mandate.objects.waiting().get(), by=BY)
        merchant.post(MANDATES, signed())
    assert read(merchant, MANDATES).count("Tiroir du haut") == 5
    assert queries(merchant, MANDATES) == few <= 10


def test_nobody_s_mandate_is_said_so(village: Village) -> None:
    assert "Personne n’agit pour vous." in read(signed_in(village.merchant), MANDATES)


def test_the_right_to_announce_alone_opens_the_desk_from_which_one_does(
    merchant: Client, delegate: Client, village: Village
) -> None:
    taken(merchant, delegate, permissions=["announce"])
    assert "Cave du Tilleul" in read(delegate, "/bureau/")
    assert "Dire quelque chose" in read(delegate, "/bureau/cave-du-tilleul/")
    read(delegate, "/bureau/cave-du-tilleul/clients/", status=404)


def test_a_mandate_noted_before_that_rule_opens_the_desk_too(delegate: Client, village: Village) -> None:
    Mandate.objects.filter(pk=village.mandate.pk).update(permissions=["announce"])
    assert "La Brassée" in read(delegate, "/bureau/")
    assert "Dire quelque chose" in read(delegate, "/bureau/la-brassee/")


def test_the_same_mandate_is_not_noted_twice(merchant: Client, delegate: Client, village: Village) -> None:
    merchant.post(MANDATES, signed())
    page = words(merchant.post(MANDATES, signed(permissions=["see_paper"])).content)
    assert "Un mandat attend déjà que quelqu’un de cette association le prenne." in page
    delegate.post(TAKE.format(Mandate.objects.waiting().get().pk))
    page = words(merchant.post(MANDATES, signed(permissions=["announce"])).content)
    assert "Cette association a déjà un mandat qui ouvre tout cela, aussi longtemps." in page
    assert Mandate.objects.filter(organisation=village.wines).count() == 1


@pytest.mark.parametrize(("first", "second"), [({}, {"permissions": ["see_paper"]}), ({"ends_on": "2026-12-01"}, {})])
def test_a_mandate_that_opens_more_or_lasts_longer_is_noted(
    merchant: Client, delegate: Client, village: Village, first: dict[str, Any], second: dict[str, Any]
) -> None:
    taken(merchant, delegate, **first)
    taken(merchant, delegate, **second)
    assert Mandate.objects.in_force().filter(organisation=village.wines).count() == 2


def test_the_list_says_what_each_opens_and_until_when(merchant: Client, delegate: Client, village: Village) -> None:
    taken(merchant, delegate, ends_on="2026-12-01")
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
