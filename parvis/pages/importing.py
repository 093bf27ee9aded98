"""A shop's spreadsheet between its choice and its last press: the file, and what was told of it, wait for an hour."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from parvis.accounts.models import Organisation
from parvis.contacts.actions.importing import Report, by_reason, import_customers
from parvis.contacts.rules import Basis, Channel
from parvis.contacts.spreadsheet import Sheet, UnreadableSheet, read_customers
from parvis.contacts.spreadsheet.fields import NAMES
from parvis.core import clock, waiting
from parvis.core.actors import Actor
from parvis.core.speech import mark, say
from parvis.core.typography import count, no_break

MOST_LINES = 20_000  # on a page; the host's command takes more
MOST_TOLD = 200  # sentences under one heading
TOO_MANY_LINES = mark(
    "Ce fichier a plus de 20 000 lignes : coupez-le en plusieurs fichiers, puis importez-les l’un après l’autre, "
    "ou demandez à la personne qui tient le site."
)
_GROUNDS = {Basis.CONSENT: mark("accord daté, avec sa source"), Basis.SALE: mark("achat daté chez vous")}


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the session keeps of a file: names of `core.waiting`, and how its owner called it."""

    file: str
    told: str
    called: str


def waiting_for(session: SessionBase, organisation: Organisation) -> Waiting | None:
    kept = session.get(_key(organisation))
    return Waiting(**kept) if kept else None


def _key(organisation: Organisation) -> str:
    return f"import:{organisation.pk}"


def rehearse(*, organisation: Organisation, data: bytes, called: str, session: SessionBase, by: Actor) -> None:
    """Reads and rehearses; then the file waits with what was told of it. Raises `UnreadableSheet`."""
    forget(session, organisation)
    name = waiting.keep(data, suffix=Path(called).suffix)
    path = waiting.find(name)
    try:
        told = _told(organisation, path, apply=False, by=by)
    except BaseException:
        waiting.drop(name)
        raise
    session[_key(organisation)] = {"file": name, "told": _keep(told), "called": called[:120]}


def note(*, organisation: Organisation, session: SessionBase, by: Actor) -> bool:
    """The very file of the preview, once. False where another press did it, or its hour is over."""
    kept = waiting_for(session, organisation)
    if kept is None:
        return False
    with waiting.taken(kept.file) as path:
        if path is None:
            return False
        told = _told(organisation, path, apply=True, by=by)
    waiting.drop(kept.told)
    session[_key(organisation)] = {"file": "", "told": _keep(told), "called": kept.called}
    return True


def forget(session: SessionBase, organisation: Organisation) -> None:
    if kept := session.pop(_key(organisation), None):
        waiting.drop(kept["file"])
        waiting.drop(kept["told"])


def _keep(told: dict[str, Any]) -> str:
    return waiting.keep(json.dumps(told, ensure_ascii=False).encode(), suffix=".json")


def recall(kept: Waiting) -> dict[str, Any] | None:
    """What was told, None once its hour is over."""
    path = waiting.find(kept.told)
    return json.loads(path.read_bytes()) if path else None


def _told(organisation: Organisation, path: Path | None, *, apply: bool, by: Actor) -> dict[str, Any]:
    sheet = read_customers(path or Path(), today=clock.today())
    if len(sheet.rows) + len(sheet.rejections) > MOST_LINES:
        raise UnreadableSheet(TOO_MANY_LINES)
    report = import_customers(organisation=organisation, sheet=sheet, apply=apply, by=by)
    return _of_sheet(sheet) | _of_report(report)


def _of_sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "columns": [(heading, NAMES[field]) for field, heading in sheet.columns.items()],
        "ignored": list(sheet.ignored_columns),
        "heading_line": sheet.heading_line,
        "sheet_name": sheet.sheet_name,
        "other_sheets": list(sheet.other_sheets),
    }


def _of_report(report: Report) -> dict[str, Any]:
    """Only of this shop's own file: never whether someone is known elsewhere (decision 1)."""
    groups = (
        ("rejected", report.rejected),
        ("warnings", report.warnings),
        ("without_right", report.without_right),
        ("unknown_age", report.unknown_age),
    )
    told: dict[str, Any] = {name: by_reason(lines) for name, lines in groups}
    more = {f"{name}_more": max(0, len(sentences) - MOST_TOLD) for name, sentences in told.items()}
    numbers = {f"{name}_lines": len(lines) for name, lines in groups}
    counts = {name: getattr(report, name) for name in ("applied", "read", "created", "updated", "unchanged")}
    return {
        **{name: sentences[:MOST_TOLD] for name, sentences in told.items()},
        **more,
        **numbers,
        **counts,
        "noted": report.created + report.updated,
        "rights": _rights(report.grounds),
        "unknown_tastes": [word for word, _ in report.unknown_tastes.most_common(20)],
    }


def _rights(grounds: Counter[tuple[Channel, Basis]]) -> list[str]:
    """Said in the language of whoever chose the file, as the sentences about its lines are."""
    return [
        no_break(
            say(
                "{people} {channel} : {ground}",
                people=count(number, "personne"),
                channel=say(channel.label),
                ground=say(_GROUNDS[basis]),
            )
        )
        for (channel, basis), number in sorted(grounds.items(), key=lambda pair: -pair[1])
    ]
