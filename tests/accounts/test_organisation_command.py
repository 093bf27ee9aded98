"""`bin/parvis organisation`: a shop without a computer is inscribed, and somebody acts for it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from parvis.accounts.models import Organisation, User
from parvis.accounts.queries import may
from parvis.accounts.rules import Permission
from parvis.core.models import AuditEntry
from tests import builders

pytestmark = pytest.mark.django_db


def organisation(*words: str) -> str:
    out = StringIO()
    call_command("organisation", *words, stdout=out)
    return out.getvalue()


def create(slug: str = "la-brassee", commune: str = "94075") -> str:
    builders.territory()
    words = ["--territory", "plateau-briard", "--name", "La Brassée", "--commune", commune, "--without-screen"]
    return organisation("create", slug, *words)


def test_a_shop_without_a_computer_is_inscribed_and_represented() -> None:
    create()
    builders.user(of=builders.association(), email="claire@enseignes.example")
    organisation(
        *("mandate", "la-brassee", "--territory", "plateau-briard", "--holder", "claire@enseignes.example"),
        *("--signed-by", "Odile Marchand", "--signed-on", "2026-09-09", "--evidence", "Classeur bleu"),
    )
    florist = Organisation.objects.get(slug="la-brassee")
    claire = User.objects.get(email="claire@enseignes.example")
    assert florist.without_screen
    assert may(claire, Permission.ANNOUNCE, florist)
    assert not may(claire, Permission.SEE_CUSTOMERS, florist)
    assert AuditEntry.objects.filter(verb="give_mandate", actor__startswith="host:").exists()


def test_an_owner_is_appointed_and_listed() -> None:
    create()
    told = organisation(
        *("appoint", "la-brassee", "--territory", "plateau-briard"),
        *("--email", "odile@brassee.example", "--name", "Odile Marchand"),
    )
    assert "responsable" in told
    assert "la-brassee" in organisation("list", "--territory", "plateau-briard")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("list", "--territory", "nulle-part"), "Aucun territoire « nulle-part »"),
        (("appoint", "x", "--territory", "plateau-briard", "--email", "a@b.example", "--name", "A"), "« x »"),
        (
            ("create", "y", "--territory", "plateau-briard", "--name", "Y", "--commune", "75056"),
            "n’est pas de ce territoire",
        ),
    ],
)
def test_what_does_not_exist_is_said_in_french(words: tuple[str, ...], sentence: str) -> None:
    builders.territory()
    with pytest.raises(CommandError, match=sentence):
        organisation(*words)


def test_a_short_name_is_taken_once_in_the_whole_installation_and_another_is_proposed() -> None:
    create()
    builders.territory(slug="val", codes=["94071"])
    words = ["--territory", "val", "--name", "La Brassée", "--commune", "94071"]
    for taken, free in (("la-brassee", "la-brassee-sucy-en-brie"), ("la-brassee", "la-brassee-sucy-en-brie-2")):
        with pytest.raises(CommandError) as refusal:
            organisation("create", taken, *words)
        told = str(refusal.value).replace("\u00a0", " ")
        assert "« la-brassee » est déjà celui de La Brassée (Villecresnes, Plateau briard)" in told
        assert f"par exemple « {free} »" in told
        organisation("create", free, *words)
    assert Organisation.objects.filter(name="La Brassée").count() == 3


def test_the_database_too_keeps_a_short_name_for_one_organisation() -> None:
    here = builders.shop()
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=builders.association().pk).update(slug=here.slug)


def test_a_right_that_no_mandate_may_hold_is_refused() -> None:
    create()
    builders.user(of=builders.association(), email="claire@enseignes.example")
    with pytest.raises(CommandError, match="Droit inconnu : run_rounds"):
        organisation(
            *("mandate", "la-brassee", "--territory", "plateau-briard", "--holder", "claire@enseignes.example"),
            *("--signed-by", "O", "--signed-on", "2026-09-09", "--evidence", "C", "--permissions", "run_rounds"),
        )
