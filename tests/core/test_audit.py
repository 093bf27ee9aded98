"""The audit trail lives and dies with what it tells, and blocks nothing."""

import ast
from pathlib import Path

import pytest
from django.db import transaction

import parvis
from parvis.core import clock
from parvis.core.actions import key, record
from parvis.core.models import VERBS, AuditEntry
from tests.builders import BY, TUESDAY, shop, territory


def test_a_line_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        record(by=BY, verb="announce", on=AuditEntry(pk=1))


@pytest.mark.django_db
def test_a_line_says_who_did_what_to_what_for_whom_and_when() -> None:
    with clock.frozen(TUESDAY):
        record(by=BY, verb="announce", on=territory(), organisation=shop(), words=3)
    line = AuditEntry.objects.get(verb="announce")
    assert (line.at, line.actor, line.actor_name) == (TUESDAY, "test", "le test")
    assert (line.target, line.organisation) == (key(territory()), f"organisation:{shop().pk}")
    assert (line.detail, line.label) == ({"words": 3}, "a dit une annonce")


@pytest.mark.django_db
def test_a_line_dies_with_its_action() -> None:
    with pytest.raises(KeyError), transaction.atomic():
        record(by=BY, verb="announce", on=territory())
        raise KeyError
    assert not AuditEntry.objects.filter(verb="announce").exists()


@pytest.mark.django_db
def test_a_line_outlives_what_it_tells_of() -> None:
    gone = shop()
    record(by=BY, verb="announce", on=gone, organisation=gone)
    gone.delete()
    assert AuditEntry.objects.filter(verb="announce").count() == 1


def verbs_recorded() -> set[str]:
    """The verbs written in the code; those that a variable completes are told by their beginning."""
    found = set()
    for path in Path(parvis.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "record":
                verb = next(word.value for word in node.keywords if word.arg == "verb")
                found |= {n.value for n in ast.walk(verb) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    return found


def test_each_verb_has_its_words_in_french() -> None:
    unsaid = {verb for verb in verbs_recorded() if not any(known.startswith(verb) for known in VERBS)}
    assert len(verbs_recorded()) > 10
    assert not unsaid
