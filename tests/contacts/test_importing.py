"""From a shop's spreadsheet to its file: rehearsed first, the same twice, and never a guessed right."""

import datetime as dt
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from parvis.contacts.actions import withdraw, withdraw_everything
from parvis.contacts.actions.consent import AlreadyRefused
from parvis.contacts.actions.importing import (
    DOUBTFUL,
    NO_CHANNEL,
    NO_RIGHT,
    REFUSES,
    TOO_OLD,
    Report,
    by_reason,
    import_customers,
)
from parvis.contacts.models import ConsentEvent, ContactPoint, CustomerRecord, Person, RecordTaste
from parvis.contacts.queries import reachable, standing
from parvis.contacts.rules import Source
from parvis.contacts.spreadsheet import CustomerRow, Rejection, Sheet
from parvis.core import clock
from tests.builders import BY, TUESDAY, association, customer, say_yes, shop

pytestmark = pytest.mark.django_db

TODAY = TUESDAY.date()
CONSENT: dict[str, Any] = {"consent_source": "Carte de fidélité signée", "consent_on": dt.date(2026, 3, 14)}
HEADINGS = (
    "Nom;Prénom;E-mail;Téléphone;Adresse;Code postal;Ville;Goûts;Dernier achat;"
    "Source consentement;Date consentement;Canal"
)


@pytest.fixture(autouse=True)
def on_tuesday() -> Iterator[None]:
    with clock.frozen(TUESDAY):
        yield


def row(line: int = 2, **changes: Any) -> CustomerRow:
    typed: dict[str, Any] = {
        "title": "Mme",
        "given_name": "Odile",
        "family_name": "Ferrand",
        "email": f"odile{line}@courriel.example",
        "phone": f"+3363998{line:04d}",
        "address": f"{line} rue du Lavoir",
        "postcode": "94440",
        "commune": "Villecresnes",
        "birth_date": None,
        "adult_on": None,
        "minor": False,
        "tastes": (),
        "refusals": (),
        "note": "",
        "last_sale_on": None,
        "consent_source": "",
        "consent_channels": frozenset(),
        "consent_on": None,
        "preferred_channel": None,
        "refuses": False,
        "doubtful": False,
        "refused_channels": frozenset(),
        "warnings": (),
    }
    return CustomerRow(line=line, **(typed | changes))


def sheet(*rows: CustomerRow, rejections: tuple[Rejection, ...] = ()) -> Sheet:
    return Sheet(rows, rejections, {}, (), 1, "", "utf-8", ";")


def bring(*rows: CustomerRow, apply: bool = True, slug: str = "la-brassee") -> Report:
    return import_customers(organisation=shop(slug=slug), sheet=sheet(*rows), apply=apply, by=BY)


def rights(slug: str = "la-brassee") -> set[tuple[str, str]]:
    return set(standing(sender=shop(slug=slug).pk).values_list("channel", "basis"))


def every_count() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


# --- Rehearsal, and again


def test_a_rehearsal_writes_nothing_in_any_table_and_tells_what_it_would_do() -> None:
    shop()
    before = every_count()
    rows = (row(2, **CONSENT, preferred_channel="email", tastes=("roses",)), row(3, refuses=True), row(4))
    rehearsed = bring(*rows, apply=False)
    assert every_count() == before
    done = bring(*rows)
    assert (rehearsed.applied, done.applied) == (False, True)
    for name in ("read", "created", "updated", "unchanged", "rights", "without_right", "rejected", "warnings"):
        assert getattr(rehearsed, name) == getattr(done, name), name
    assert every_count() != before


def test_the_same_sheet_twice_changes_nothing() -> None:
    rows = (
        row(2, **CONSENT, preferred_channel="email", tastes=("fleurs",), refusals=("bières",)),
        row(3, last_sale_on=dt.date(2026, 5, 2)),
        row(4, refuses=True),
        row(5, email=None, phone=None),
        row(6, email=None, phone=None, address=""),
        row(7, phone="+33639980003", given_name="Paul", email=None),
        row(8, **CONSENT, consent_channels=frozenset({"email", "post"}), refused_channels=frozenset({"phone"})),
    )
    first = bring(*rows)
    assert (first.read, first.created, first.updated, first.unchanged) == (7, 7, 0, 0)
    before = every_count()
    again = bring(*rows)
    assert (again.read, again.created, again.updated, again.unchanged) == (7, 0, 0, 7)
    assert every_count() == before
    assert again.rights == first.rights


# --- Rights, row by row


def test_neither_consent_nor_sale_is_no_right() -> None:
    report = bring(row())
    assert rights() == set()
    assert report.without_right == [Rejection(2, "accord", "", NO_RIGHT)]
    assert report.created == 1


def test_a_dated_sale_opens_e_mail_and_paper_of_that_shop_alone() -> None:
    report = bring(row(last_sale_on=dt.date(2026, 5, 2)))
    assert rights() == {("email", "sale"), ("paper", "sale")}
    assert not standing(sender=association().pk).exists()
    assert not standing(sender=shop(slug="cave-du-tilleul").pk).exists()
    event = standing(sender=shop().pk).filter(channel="email").get()
    assert (event.source, event.source_text, event.given_on) == ("file", "Achat du 02/05/2026", dt.date(2026, 5, 2))
    assert event.wording is not None
    assert event.wording.key == "file-sale-email"
    assert report.rights == {"email": 1, "paper": 1}
    assert report.without_right == []


def test_a_sale_opens_only_the_addresses_that_the_row_holds() -> None:
    bring(row(last_sale_on=dt.date(2026, 5, 2), email=None))
    assert rights() == {("paper", "sale")}


@pytest.mark.parametrize(
    ("day", "serves"),
    [(dt.date(2023, 11, 25), True), (dt.date(2023, 11, 24), False), (dt.date(2015, 1, 1), False), (TODAY, True)],
)
def test_a_sale_serves_three_years_to_the_day(day: dt.date, serves: bool) -> None:
    report = bring(row(last_sale_on=day))
    assert bool(rights()) is serves
    assert [line.reason for line in report.without_right] == [TOO_OLD] * (not serves)


@pytest.mark.parametrize(
    ("day", "sold", "serves"),
    [
        (dt.date(2023, 11, 25), None, True),
        (dt.date(2023, 11, 24), None, False),
        (dt.date(2015, 1, 1), dt.date(2023, 11, 25), True),
        (dt.date(2015, 1, 1), dt.date(2023, 11, 24), False),
    ],
)
def test_a_consent_serves_three_years_from_the_last_purchase(day: dt.date, sold: dt.date | None, serves: bool) -> None:
    agreed: dict[str, Any] = {"consent_source": "Carte", "consent_on": day, "consent_channels": frozenset({"email"})}
    report = bring(row(**agreed, last_sale_on=sold))
    assert rights() == ({("email", "consent")} if serves else set())
    assert report.rights == ({"email": 1} if serves else {})
    assert [line.reason for line in report.without_right] == [TOO_OLD] * (not serves)


@pytest.mark.parametrize(("day", "serves"), [(dt.date(2023, 11, 25), True), (dt.date(2023, 11, 24), False)])
def test_a_purchase_renews_no_yes_to_being_phoned(day: dt.date, serves: bool) -> None:
    agreed: dict[str, Any] = {"consent_source": "Carte", "consent_on": day, "consent_channels": frozenset({"phone"})}
    bring(row(**agreed, last_sale_on=dt.date(2026, 5, 2)))
    assert (("phone", "consent") in rights()) is serves


def test_a_sale_never_opens_the_telephone() -> None:
    bring(row(last_sale_on=dt.date(2026, 5, 2), email=None, address="", preferred_channel="phone"))
    assert rights() == set()


@pytest.mark.parametrize("missing", ["consent_source", "consent_on"])
def test_a_consent_without_its_source_or_its_date_is_none(missing: str) -> None:
    stated = CONSENT | {missing: None if missing == "consent_on" else ""}
    report = bring(row(**stated, consent_channels=frozenset({"email"}), preferred_channel="email"))
    assert rights() == set()
    assert report.without_right[0].reason == NO_RIGHT


def test_a_dated_consent_with_its_source_opens_the_channels_that_it_names() -> None:
    bring(row(**CONSENT, consent_channels=frozenset({"email", "phone"}), last_sale_on=dt.date(2026, 5, 2)))
    assert rights() == {("email", "consent"), ("phone", "consent")}
    event = standing(sender=shop().pk).filter(channel="phone").get()
    assert (event.source_text, event.given_on) == ("Carte de fidélité signée", dt.date(2026, 3, 14))


def test_a_consent_that_names_no_channel_takes_the_preferred_one() -> None:
    bring(row(**CONSENT, preferred_channel="post"))
    assert rights() == {("paper", "consent")}


def test_a_consent_without_any_channel_opens_nothing_and_says_so() -> None:
    report = bring(row(**CONSENT))
    assert rights() == set()
    assert report.without_right == [Rejection(2, "accord", "", NO_CHANNEL)]


def test_a_consent_to_text_messages_is_no_consent_to_e_mail() -> None:
    bring(row(**CONSENT, consent_channels=frozenset({"sms"}), preferred_channel="email"))
    assert rights() == set()


def test_a_refused_channel_stands_against_a_sale_and_against_the_preferred_channel() -> None:
    bring(
        row(2, last_sale_on=dt.date(2026, 5, 2), refused_channels=frozenset({"post"})),
        row(3, **CONSENT, preferred_channel="email", refused_channels=frozenset({"email"})),
    )
    assert rights() == {("email", "sale")}
    refused = ConsentEvent.objects.filter(granted=False).values_list("channel", flat=True)
    assert sorted(refused) == ["email", "paper"]


def test_whoever_refuses_gets_one_no_for_each_channel_and_no_right() -> None:
    refusing = row(refuses=True, **CONSENT, consent_channels=frozenset({"email"}), last_sale_on=TODAY)
    report = bring(refusing)
    bring(refusing)
    assert rights() == set()
    assert report.without_right == [Rejection(2, "accord", "", REFUSES)]
    events = ConsentEvent.objects.values_list("channel", "granted")
    assert sorted(events) == [("email", False), ("paper", False), ("phone", False)]


def test_a_refusal_in_the_file_takes_back_an_earlier_yes() -> None:
    record = customer(shop(), email="odile2@courriel.example")
    bring(row(refuses=True))
    assert not standing(persons=[record.person_id]).exists()


def test_after_a_withdrawal_neither_the_old_yes_nor_a_sale_of_the_file_come_back() -> None:
    rows = (row(2, **CONSENT, preferred_channel="email"), row(3, last_sale_on=dt.date(2026, 5, 2)))
    bring(*rows)
    for record in CustomerRecord.objects.all():
        withdraw(person=record.person, sender=shop(), source=Source.LINK, by=BY)
    report = bring(*rows)
    assert rights() == set()
    assert [line.reason for line in report.without_right] == [AlreadyRefused.sentence] * 2
    assert report.unchanged == 2


def test_a_newer_dated_consent_in_the_file_does_come_back() -> None:
    record = customer(shop(), consent=False, email="odile2@courriel.example")
    say_yes(record.person, to=shop(), on=dt.date(2026, 1, 1))
    withdraw(person=record.person, sender=shop(), source=Source.LINK, given_on=dt.date(2026, 2, 1), by=BY)
    bring(row(**CONSENT, preferred_channel="email"))
    assert rights() == {("email", "consent")}


# --- People


def test_an_address_is_the_same_whatever_its_case_in_the_file() -> None:
    known = customer(shop(slug="cave-du-tilleul"), email="odile2@courriel.example")
    bring(row(email="Odile2@courriel.example"))
    assert CustomerRecord.objects.get(organisation=shop()).person == known.person


def test_someone_who_objected_stays_silent_and_the_report_does_not_differ() -> None:
    gone = customer(shop(slug="cave-du-tilleul"), email="odile2@courriel.example", phone="+33639980002")
    withdraw_everything(person=gone.person, source=Source.LINK, by=BY)
    bought: dict[str, Any] = {"last_sale_on": dt.date(2026, 5, 2)}
    about_gone, about_stranger = bring(row(2, **bought)), bring(row(3, **bought))
    for name in ("created", "updated", "unchanged", "rights", "without_right", "warnings"):
        assert getattr(about_gone, name) == getattr(about_stranger, name), name
    assert reachable([gone.person_id]) == {}


def test_the_consent_of_one_of_a_couple_is_not_the_other_s() -> None:
    bring(
        row(2, given_name="Odile", phone="+33639980900"),
        row(3, given_name="Paul", phone="+33639980900", **CONSENT, preferred_channel="email"),
    )
    odile = Person.objects.get(given_name="Odile")
    assert not standing(persons=[odile.pk]).exists()
    assert standing().get().person.given_name == "Paul"


def test_tastes_become_the_shop_s_notes_and_unknown_words_are_counted() -> None:
    report = bring(row(2, tastes=("whisky japonais", "macramé du dimanche"), refusals=("bières",)))
    assert set(RecordTaste.objects.values_list("interest__slug", "liked")) >= {("whiskys-japonais", True)}
    assert RecordTaste.objects.filter(liked=False).exists()
    assert sum(report.unknown_tastes.values()) >= 1
    assert not Person.objects.get().tastes.exists()


def test_the_commune_is_read_by_its_name_not_by_a_shared_postcode() -> None:
    bring(row(2, commune="MANDRES LES ROSES", postcode="94520"), row(3, commune="Périgny", postcode="94520"))
    communes = Person.objects.order_by("pk").values_list("commune__name", flat=True)
    assert list(communes) == ["Mandres-les-Roses", None]


def test_every_line_that_holds_something_is_read_once() -> None:
    refused = (Rejection(4, "Nom", "M. et Mme Petit", "Deux personnes."), Rejection(5, "", "", "Personne."))
    bring(row(2))
    both = sheet(row(2), row(3), rejections=refused)
    report = import_customers(organisation=shop(), sheet=both, apply=True, by=BY)
    assert (report.read, report.created, report.updated, report.unchanged, len(report.rejected)) == (4, 1, 0, 1, 2)


def test_lines_are_told_together_by_reason() -> None:
    lines = [Rejection(n, "accord", "", "Sans droit.") for n in (2, 3, 8, 10, 11, 12)]
    lines += [
        Rejection(4, "Mail", "a@", "Incomplet."),
        Rejection(5, "", "Petit", "Seul."),
        Rejection(6, "", "", "Rien."),
    ]
    lines += [Rejection(n, "", "", "De suite.") for n in (7, 8, 9)]
    assert by_reason(lines) == [
        "lignes 2, 3, 8 et 10 à 12, accord : Sans droit.",
        "ligne 4, Mail « a@ » : Incomplet.",
        "ligne 5, « Petit » : Seul.",
        "ligne 6 : Rien.",
        "lignes 7 à 9 : De suite.",
    ]


def test_a_sheet_with_nobody_in_it_is_no_error() -> None:
    report = bring()
    assert (report.read, report.created) == (0, 0)


# --- The command


def typed(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    file = path / "clients.csv"
    file.write_bytes("\r\n".join((HEADINGS, *lines)).encode(encoding))
    return file


GOOD = (
    "Ferrand;Odile;odile@courriel.example;06 39 98 00 21;3 rue du Lavoir;94440;Villecresnes;fleurs;;"
    "Carte;14/03/2026;courriel"
)
SOLD = "Marchand;Paul;;06 39 98 00 22;5 rue du Lavoir;94440;Villecresnes;;02/05/2026;;;"
NOBODY = ";;;;;;;fleurs;;;;"


def run(file: Path, *options: str) -> str:
    out = io.StringIO()
    call_command("customers", "import", str(file), "--organisation", "la-brassee", *options, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_the_command_rehearses_first_and_says_how_to_go_on(tmp_path: Path, encoding: str) -> None:
    shop()
    told = run(typed(tmp_path, GOOD, SOLD, NOBODY, encoding=encoding))
    assert "Aperçu, rien n’est encore noté : 3 lignes lues, 2 nouvelles fiches" in told
    assert "--apply" in told
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ((GOOD,), "1 ligne lue, 1 nouvelle fiche, 0 complétée, 0 inchangée, 0 refusée."),
        ((GOOD, SOLD, NOBODY), "3 lignes lues, 2 nouvelles fiches, 0 complétée, 0 inchangée, 1 refusée."),
        ((GOOD, NOBODY, NOBODY), "3 lignes lues, 1 nouvelle fiche, 0 complétée, 0 inchangée, 2 refusées."),
    ],
)
def test_the_counts_agree_in_number(tmp_path: Path, lines: tuple[str, ...], told: str) -> None:
    shop()
    assert told in run(typed(tmp_path, *lines)).replace("\u00a0", " ")


def test_a_wine_lover_without_age_is_told_apart(tmp_path: Path) -> None:
    shop()
    told = run(typed(tmp_path, GOOD.replace("fleurs", "whisky")), "--json")
    assert "Notées, mais sans âge connu" in told
    assert json.loads(told.splitlines()[-1])["unknown_age"] == 1


def test_each_rejected_line_is_told_with_its_line_and_its_reason(tmp_path: Path) -> None:
    shop()
    told = run(typed(tmp_path, GOOD, NOBODY, SOLD.replace("06 39 98 00 22", "6.3998E8")), "--apply")
    rejected = [line for line in told.splitlines() if "clients.csv, ligne 3" in line]
    assert len(rejected) == 1
    assert rejected[0].endswith(".")
    warned = next(line for line in told.splitlines() if "clients.csv, ligne 4" in line)
    assert "Téléphone" in warned
    assert "6.3998E8" in warned
    assert ContactPoint.objects.filter(value="+33639980021").exists()


def test_the_last_line_is_one_json_object(tmp_path: Path) -> None:
    shop()
    file = typed(tmp_path, GOOD, SOLD, NOBODY)
    first = json.loads(run(file, "--apply", "--json").splitlines()[-1])
    again = json.loads(run(file, "--apply", "--json").splitlines()[-1])
    assert first == {
        "applied": True,
        "read": 3,
        "created": 2,
        "updated": 0,
        "unchanged": 0,
        "rights": {"email": 1, "paper": 1},
        "without_right": 0,
        "unknown_age": 0,
        "rejected": 1,
        "warnings": 0,
        "unknown_tastes": {},
    }
    assert again == first | {"created": 0, "unchanged": 2}


def test_an_unknown_shop_is_told_with_those_that_are_known(tmp_path: Path) -> None:
    shop()
    with pytest.raises(CommandError, match=r"Aucun commerce « la-brasse ».*Connus : la-brassee"):
        call_command("customers", "import", str(typed(tmp_path, GOOD)), "--organisation", "la-brasse")
    with pytest.raises(CommandError, match="Connus : aucun"):
        call_command(
            "customers", "import", str(tmp_path / "x.csv"), "--organisation", "la-brassee", "--territory", "mars"
        )


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 tronqu\xe9", b"\x00\x01\x02\x03", None])
def test_a_file_that_cannot_be_read_gets_a_sentence_and_leaves_no_trace(tmp_path: Path, content: bytes | None) -> None:
    shop()
    file = tmp_path / "clients.xlsx"
    if content is not None:
        file.write_bytes(content)
    before = every_count()
    with pytest.raises(CommandError) as refusal:
        run(file, "--apply")
    assert len(str(refusal.value)) > 20
    assert "Traceback" not in str(refusal.value)
    assert every_count() == before


def test_a_doubtful_answer_gives_no_right_even_with_a_sale() -> None:
    report = bring(row(last_sale_on=TODAY, doubtful=True))
    assert report.rights == {}
    assert [told.reason for told in report.without_right] == [DOUBTFUL]


def test_a_second_line_of_one_record_is_not_noted_but_its_no_is() -> None:
    bought = {"last_sale_on": TODAY, "phone": "+33639980002"}
    report = bring(row(2, **bought), row(3, phone="+33639980002", email=None, refuses=True))
    assert [told.line for told in report.rejected] == [3]
    assert not standing(sender=shop().pk).exists()
