"""Who may do what, for whom: closed by default, opened by a role or by a mandate in force, and by nothing else."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from parvis.accounts.actions import appoint, give_mandate, revoke_mandate
from parvis.accounts.actions.mandates import AlreadyInside
from parvis.accounts.models import Mandate, Office, Organisation, User
from parvis.accounts.queries import (
    NobodyHere,
    actor_for,
    mandate_for,
    may,
    office_holder,
    organisations_where,
)
from parvis.accounts.rules import MANDATABLE, ROLES, Permission, Role
from parvis.core import clock
from parvis.core.actors import Actor
from parvis.core.errors import BadInput, NotAllowed
from parvis.core.models import AuditEntry
from tests.builders import BY, TUESDAY, association, shop, territory, user

TODAY = TUESDAY.date()
DAY = dt.timedelta(days=1)


def test_every_role_is_a_plain_list_of_permissions() -> None:
    assert set(ROLES) == set(Role)
    assert ROLES[Role.OBSERVER] == {Permission.SEE_DESK}
    assert ROLES[Role.COLLEAGUE] < ROLES[Role.OWNER]


def test_no_role_of_a_shop_touches_the_rounds_and_no_officer_reads_a_customer_file() -> None:
    rounds = {Permission.SEE_ROUNDS, Permission.RUN_ROUNDS, Permission.PRINT_SHEETS}
    assert not rounds & ROLES[Role.OWNER]
    assert not {Permission.SEE_CUSTOMERS, Permission.EDIT_CUSTOMERS, Permission.SEE_PAPER} & ROLES[Role.OFFICER]


def test_a_mandate_never_gives_a_mandate_nor_edits_a_file() -> None:
    assert not MANDATABLE & {Permission.GIVE_MANDATE, Permission.EDIT_CUSTOMERS, Permission.RUN_ROUNDS}


@pytest.fixture
def claire() -> User:
    return user(of=association(), role=Role.OFFICER)


def mandate(holder: User, **details: Any) -> Mandate:
    stated: dict[str, Any] = {
        "organisation": shop(),
        "holder": holder,
        "through": association(),
        "permissions": [Permission.ANNOUNCE, Permission.SEE_DESK],
        "signed_by": "La fleuriste",
        "signed_on": TODAY,
        "evidence": "classeur bleu",
    }
    with clock.frozen(TUESDAY):
        return give_mandate(**(stated | details), by=BY)


def holds(who: User, permission: Permission = Permission.ANNOUNCE, at: dt.datetime = TUESDAY) -> bool:
    with clock.frozen(at):
        return may(who, permission, shop())


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_a_role_opens_its_list_on_its_organisation_and_nothing_else(role: Role) -> None:
    # The bureau is an association's alone.
    here, there = (association(), shop()) if role is Role.OFFICER else (shop(), association())
    who = user(of=here, role=role)
    for permission in Permission:
        assert may(who, permission, here) == (permission in ROLES[role])
        assert not may(who, permission, there)


@pytest.mark.django_db
def test_a_shop_has_no_bureau_that_would_see_the_sheets_of_the_territory() -> None:
    with pytest.raises(BadInput, match="Un commerce n’a pas de bureau"):
        user(of=shop(), role=Role.OFFICER)


@pytest.mark.django_db
def test_whoever_left_the_association_acts_no_more_for_the_shop(claire: User) -> None:
    mandate = give_mandate(
        organisation=shop(),
        holder=claire,
        through=association(),
        permissions=[Permission.SEE_DESK],
        signed_by="Odile Marchand",
        signed_on=clock.today(),
        evidence="classeur bleu",
        by=BY,
    )
    assert may(claire, Permission.SEE_DESK, shop())
    Office.objects.filter(user=claire, organisation=mandate.through).delete()
    assert not may(claire, Permission.SEE_DESK, shop())


@pytest.mark.django_db
@pytest.mark.parametrize("permission", Permission)
def test_a_stranger_and_whoever_left_may_do_nothing(permission: Permission) -> None:
    gone = user(of=shop())
    User.objects.filter(pk=gone.pk).update(is_active=False)
    gone.refresh_from_db()
    for who in (AnonymousUser(), User.objects.create_user("personne@ailleurs.example"), gone):
        assert not may(who, permission, shop())
        assert not organisations_where(who, permission).exists()


@pytest.mark.django_db
def test_a_mandate_opens_what_it_names(claire: User) -> None:
    assert not holds(claire)
    mandate(claire)
    assert holds(claire)
    assert holds(claire, Permission.SEE_DESK)
    assert not holds(claire, Permission.SEE_CUSTOMERS)
    assert not holds(claire, Permission.GIVE_MANDATE)
    assert not holds(user(of=association(), email="autre@enseignes.example"))


@pytest.mark.django_db
def test_a_mandate_lasts_from_its_signature_to_its_last_day(claire: User) -> None:
    mandate(claire, signed_on=TODAY - DAY, ends_on=TODAY + DAY)
    midnight = TUESDAY.replace(hour=0)
    assert not holds(claire, at=midnight - DAY - dt.timedelta(seconds=1))
    assert holds(claire, at=midnight - DAY)
    assert holds(claire, at=midnight + 2 * DAY - dt.timedelta(seconds=1))
    assert not holds(claire, at=midnight + 2 * DAY)


@pytest.mark.django_db
def test_a_mandate_taken_back_ends_at_once_and_for_ever(claire: User) -> None:
    given = mandate(claire)
    with clock.frozen(TUESDAY):
        revoke_mandate(mandate=given, by=BY)
    with clock.frozen(TUESDAY + DAY):
        revoke_mandate(mandate=given, by=BY)
    given.refresh_from_db()
    assert (given.revoked_at, holds(claire)) == (TUESDAY, False)
    assert AuditEntry.objects.filter(verb="revoke_mandate").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("details", "sentence"),
    [
        ({"signed_by": " "}, "Il manque qui a signé, ou l’endroit où le papier signé est gardé."),
        ({"evidence": ""}, "Il manque qui a signé, ou l’endroit où le papier signé est gardé."),
        ({"permissions": []}, "Ce droit ne se donne pas par mandat."),
        ({"permissions": [Permission.ANNOUNCE, Permission.EDIT_CUSTOMERS]}, "Ce droit ne se donne pas par mandat."),
        ({"permissions": [Permission.GIVE_MANDATE]}, "Ce droit ne se donne pas par mandat."),
        ({"signed_on": TODAY + DAY}, "La date de signature est à venir\u00a0: notez le mandat une fois signé."),
        ({"ends_on": TODAY - DAY}, "La fin du mandat vient avant sa signature."),
    ],
)
def test_a_mandate_that_cannot_be_is_refused(details: dict[str, Any], sentence: str, claire: User) -> None:
    with pytest.raises(BadInput) as refusal:
        mandate(claire, **details)
    assert refusal.value.sentence == sentence
    assert not Mandate.objects.exists()


@pytest.mark.django_db
def test_the_host_gives_a_mandate_to_someone_of_the_association_alone(claire: User) -> None:
    assert office_holder(f"  {claire.email.upper()} ", territory()).user == claire
    User.objects.create_user("personne@ailleurs.example")
    other = territory(slug="ailleurs", codes=["94070"])
    stranger = user(of=shop(slug="loin", on=other), email="loin@ailleurs.example")
    neighbour = user(of=shop(slug="cave-du-tilleul"), email="anselme@tilleul.example")
    user(of=shop(slug="cave-du-tilleul"), email=claire.email, role=Role.OBSERVER)
    assert office_holder(claire.email, territory()).organisation == association()
    for address in ("personne@ailleurs.example", stranger.email, neighbour.email, "", "inconnue@ailleurs.example"):
        with pytest.raises(NobodyHere) as refusal:
            office_holder(address, territory())
        assert refusal.value.sentence.startswith("Personne n’a ce courriel")


@pytest.mark.django_db
def test_a_mandate_is_held_through_the_association_of_the_place_by_someone_of_it(claire: User) -> None:
    elsewhere = shop(slug="loin", kind="association", on=territory(slug="ailleurs", codes=["94070"]))
    for through in (shop(slug="cave-du-tilleul"), shop(), shop(slug="club", kind="club"), elsewhere):
        with pytest.raises(BadInput, match="Un mandat se donne à l’association d’ici"):
            mandate(claire, through=through)
    with pytest.raises(NotAllowed):
        mandate(user(of=shop(slug="cave-du-tilleul"), email="anselme@tilleul.example"))
    appoint(email=claire.email, name="", organisation=shop(), role=Role.OBSERVER, by=BY)
    with pytest.raises(AlreadyInside):
        mandate(claire)
    assert not Mandate.objects.exists()


@pytest.mark.django_db
def test_the_journal_names_whoever_holds_it_and_keeps_no_address(claire: User) -> None:
    mandate(claire)
    (line,) = AuditEntry.objects.filter(verb="give_mandate")
    assert line.detail == {"holder": "Claire Vasseur"}
    mandate(user(of=association(), role=Role.OFFICER, email="lise@enseignes.example", name="lise@enseignes.example"))
    assert "lise@" not in str(AuditEntry.objects.filter(verb="give_mandate").latest("pk").detail)


@pytest.mark.django_db
def test_the_actor_says_for_whom_under_a_mandate_and_only_then(claire: User) -> None:
    given = mandate(claire)
    with clock.frozen(TUESDAY):
        acting = actor_for(claire, shop(), Permission.ANNOUNCE)
        at_home = actor_for(claire, association(), Permission.ANNOUNCE)
        without = mandate_for(claire, shop(), Permission.SEE_CUSTOMERS)
    assert acting.name == "Claire Vasseur (Les Enseignes du Plateau), pour La Brassée"
    assert acting.key == f"user:{claire.pk} mandate:{given.pk}"
    assert (at_home.key, at_home.name) == (f"user:{claire.pk}", "Claire Vasseur")
    assert without is None


@pytest.mark.django_db
def test_the_actor_s_name_fits_every_column_and_still_says_for_whom(claire: User) -> None:
    User.objects.filter(pk=claire.pk).update(name="C" * 120)
    Organisation.objects.filter(pk__in=[association().pk, shop().pk]).update(name="La très longue maison " + "o" * 98)
    claire.refresh_from_db()
    with clock.frozen(TUESDAY):
        acting = actor_for(claire, shop(), Permission.ANNOUNCE) if mandate(claire) else None
    assert acting is not None
    assert len(acting.name) <= 200
    assert "), pour La très longue maison" in acting.name
    assert len(Actor("x", "n" * 201).name) == 200
    assert Actor("x", "n" * 200).name == "n" * 200


@pytest.mark.django_db
def test_a_role_of_ones_own_comes_before_a_mandate(claire: User) -> None:
    mandate(claire)
    appoint(email=claire.email, name="", organisation=shop(), role=Role.OWNER, by=BY)
    with clock.frozen(TUESDAY):
        assert mandate_for(claire, shop(), Permission.ANNOUNCE) is None
    appoint(email=claire.email, name="", organisation=shop(), role=Role.OBSERVER, by=BY)
    with clock.frozen(TUESDAY):
        assert mandate_for(claire, shop(), Permission.ANNOUNCE) is not None
    assert Office.objects.filter(user=claire, organisation=shop()).count() == 1


@pytest.mark.django_db
def test_a_person_is_appointed_under_one_account_whatever_the_capitals() -> None:
    one = appoint(email="Ana@Cave.example ", name="Ana", organisation=shop(), role=Role.OWNER, by=BY)
    two = appoint(email="ana@cave.example", name="Ana", organisation=association(), role=Role.OBSERVER, by=BY)
    assert one.user == two.user


@pytest.mark.django_db
def test_white_paper_belongs_to_town_halls() -> None:
    hall = shop(slug="mairie", kind=Organisation.Kind.TOWN_HALL, paper=Organisation.Paper.BLANC)
    assert hall.paper == "blanc"
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=shop().pk).update(paper="blanc")
