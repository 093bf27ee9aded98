from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from parvis.core.models import AuditEntry
from parvis.territory.models import Territory

pytestmark = pytest.mark.django_db

MAYOTTE = ("create", "--slug", "mayotte", "--name", "Mayotte", "--communes", "97611,97615,97610")


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("territory", *arguments, stdout=out)
    return out.getvalue().strip()


def test_it_creates_a_territory_and_counts_its_residents() -> None:
    told = run(*MAYOTTE).replace("\u00a0", " ")
    assert told.startswith(
        "Le territoire « Mayotte » (mayotte) est créé : 3 communes, 115 035 habitants. Les pages écr"
    )


def test_the_second_time_it_says_that_nothing_changed() -> None:
    run(*MAYOTTE)
    assert "existait déjà, rien n’a changé" in run(*MAYOTTE)
    assert Territory.objects.count() == 1


def test_the_name_after_de_may_be_given() -> None:
    run(
        "create",
        "--slug",
        "p",
        "--name",
        "Plateau briard",
        "--of-name",
        "du Plateau briard",
        "--communes",
        "94075",
    )
    assert Territory.objects.get().of_name == "du Plateau briard"


def test_the_name_that_was_guessed_is_shown_and_may_be_changed() -> None:
    assert "Parvis de Causses" in run("create", "--slug", "c", "--name", "Causses", "--communes", "94075")
    assert "Parvis des Causses" in run("name", "--slug", "c", "--of-name", "des Causses")
    territory = Territory.objects.get()
    assert (territory.name, territory.of_name) == ("Causses", "des Causses")
    run("name", "--slug", "c", "--of-name", "des Causses")
    assert AuditEntry.objects.filter(verb="territory.rename").count() == 1
    with pytest.raises(CommandError, match="Il manque --name ou --of-name"):
        run("name", "--slug", "c")
    with pytest.raises(CommandError, match="Aucun territoire"):
        run("name", "--slug", "nulle-part", "--name", "X")


def test_a_refusal_is_a_french_sentence() -> None:
    with pytest.raises(CommandError, match="Aucune commune n’a le code INSEE 99999"):
        run("create", "--slug", "x", "--name", "X", "--communes", "99999")


def test_what_is_missing_is_named() -> None:
    with pytest.raises(CommandError, match="Il manque --name et --communes"):
        run("create", "--slug", "x")


def test_without_a_verb_it_says_what_it_can_do() -> None:
    with pytest.raises(CommandError, match="Dites quoi faire"):
        run()


def test_a_host_name_is_given_changed_and_taken_back(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["localhost", "a.example"]
    assert "PARVIS_HOSTS" not in run(*MAYOTTE, "--host", "a.example")
    assert Territory.objects.get().host == "a.example"
    told = run("host", "--slug", "mayotte", "--host", "b.example")
    assert "http://b.example:8000/" in told
    assert "b.example n’est pas dans PARVIS_HOSTS" in told
    assert "/t/mayotte/" in run("host", "--slug", "mayotte", "--host", "")
    assert Territory.objects.get().host == ""


def test_a_host_name_that_cannot_be_given_is_refused_in_french() -> None:
    run(*MAYOTTE)
    with pytest.raises(CommandError, match=r"Aucun territoire « val »\. Connus : mayotte"):
        run("host", "--slug", "val", "--host", "a.example")
    with pytest.raises(CommandError, match="Il manque --host"):
        run("host", "--slug", "mayotte")
    with pytest.raises(CommandError, match="n’est pas un nom d’hôte"):
        run("host", "--slug", "mayotte", "--host", "http://a.example")
