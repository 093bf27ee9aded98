"""Reading the register: once or ten times is the same, and what it masks is not kept."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from parvis.core.models import AuditEntry
from parvis.directory import actions
from parvis.directory.models import Business
from parvis.sirene.errors import UnreadableStock
from parvis.territory.models import Territory
from tests.builders import BY, territory
from tests.sirene.conftest import (
    COLUMNS_2021,
    COLUMNS_TODAY,
    StockRow,
    csv_bytes,
    invented_row,
    invented_siret,
    zip_bytes,
)

from .files import command, imported, only, stock, units

pytestmark = pytest.mark.django_db
SIGN = {"enseigne1": "AU PAIN DORE"}


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    path = stock(tmp_path, *(invented_row(n, enseigne1=f"BOUTIQUE {n}") for n in range(1, 6)))
    first, ids = imported(path), set(Business.objects.values_list("pk", "name"))
    second = imported(path)
    assert (first.read, first.created, first.updated, first.unchanged) == (5, 5, 0, 0)
    assert (second.read, second.created, second.updated, second.unchanged) == (5, 0, 0, 5)
    assert set(Business.objects.values_list("pk", "name")) == ids


@pytest.mark.parametrize("shape", ["today", "zip"])
def test_the_same_rows_in_another_shape_change_nothing(shape: str, tmp_path: Path) -> None:
    rows = [invented_row(n, **SIGN) for n in (1, 2)]
    imported(stock(tmp_path, *rows))
    if shape == "today":
        again = stock(tmp_path, *rows, columns=COLUMNS_TODAY, name="today.csv")
    else:
        again = tmp_path / "stock.zip"
        again.write_bytes(zip_bytes(csv_bytes(rows)))
    assert imported(again).unchanged == 2


def test_a_row_that_changed_is_updated_and_its_neighbour_is_not(tmp_path: Path) -> None:
    imported(stock(tmp_path, invented_row(1, **SIGN), invented_row(2, enseigne1="LA MIE")))
    report = imported(
        stock(tmp_path, invented_row(1, enseigne1="LE NOUVEAU PAIN"), invented_row(2, enseigne1="LA MIE"))
    )
    assert (report.updated, report.unchanged) == (1, 1)
    assert sorted(Business.objects.values_list("name", flat=True)) == ["La Mie", "Le Nouveau Pain"]


def test_an_import_never_undoes_a_claim_nor_a_taking_down(tmp_path: Path) -> None:
    imported(stock(tmp_path, invented_row(1, **SIGN)))
    actions.delist(business=only(), by=BY)
    imported(stock(tmp_path, invented_row(1, enseigne1="LE NOUVEAU PAIN")))
    assert only().name == "Le Nouveau Pain"
    assert only().delisted_at is not None


def test_a_business_that_closed_is_kept_closed_and_one_that_nobody_knew_is_not_kept(tmp_path: Path) -> None:
    imported(stock(tmp_path, invented_row(1, **SIGN)))
    closed = [invented_row(n, etatAdministratif="F", **SIGN) for n in (1, 2)]
    report = imported(stock(tmp_path, *closed))
    assert (report.read, report.active, report.updated, report.created, report.closed_unknown) == (2, 0, 1, 0, 1)
    assert (only().active, only().listed, only().name) == (False, False, "Au Pain Dore")


MASKED = {
    "statutDiffusion": "P",
    "enseigne1": "CHEZ ODILE FERRAND",
    "denominationUsuelle": "ODILE FERRAND",
    "complementAdresse": "CHEZ MME FERRAND",
}


def everything_kept() -> str:
    return " ".join(str(value) for row in Business.objects.values() for value in row.values()).upper()


def test_what_the_register_masks_is_never_stored(tmp_path: Path) -> None:
    """The status decides, not the literal [ND]: the row has a name and an address in clear."""
    report = imported(stock(tmp_path, invented_row(7, **MASKED)))
    assert (report.masked, report.listed, report.not_listed) == (1, 0, {"partial_diffusion": 1})
    kept = only()
    assert (kept.masked, kept.listed, kept.address, kept.postcode) == (True, False, "", "")
    for word in ("FERRAND", "ODILE", "ETANG", "94440"):
        assert word not in everything_kept()


@pytest.mark.parametrize("state", ["A", "F"])
def test_whoever_objects_later_is_forgotten_open_or_closed(state: str, tmp_path: Path) -> None:
    imported(stock(tmp_path, invented_row(7, enseigne1="CHEZ ODILE FERRAND")))
    assert "FERRAND" in everything_kept()
    imported(stock(tmp_path, invented_row(7, **MASKED, etatAdministratif=state)))
    for word in ("FERRAND", "ODILE", "ETANG", "94440"):
        assert word not in everything_kept()


OBJECTS = {"statutDiffusion": "P", "enseigne1": "CHEZ ODILE FERRAND"}


def cut_column(row: StockRow) -> bytes:
    """The line of this row, with a comma too many in its street."""
    return csv_bytes([row]).splitlines(keepends=True)[1].replace(b"DE L ETANG", b"DE L, ETANG")


@pytest.mark.parametrize(
    "lines",
    [
        csv_bytes([invented_row(7, **OBJECTS, etatAdministratif="X")]),
        csv_bytes([invented_row(7, **SIGN), invented_row(7, **OBJECTS)]),
        csv_bytes([invented_row(7, **OBJECTS), invented_row(7, **SIGN)]),
        csv_bytes([invented_row(7, **OBJECTS, etatAdministratif="X"), invented_row(7, **SIGN)]),
        csv_bytes([invented_row(8, **SIGN)]) + cut_column(invented_row(7, **OBJECTS)),
        csv_bytes([invented_row(8, **SIGN), invented_row(7, **OBJECTS)])[:-40],
    ],
    ids=["unknown state", "second of two", "first of two", "unusable, then usable", "a column too many", "cut"],
)
def test_whoever_objects_is_hidden_even_by_a_row_that_cannot_be_used(lines: bytes, tmp_path: Path) -> None:
    """Rule 16: the status masks, whatever else is wrong with its row, and the strictest of two rows wins."""
    imported(stock(tmp_path, invented_row(7, enseigne1="CHEZ ODILE FERRAND")))
    assert only().listed
    path = tmp_path / "later.csv"
    path.write_bytes(lines)
    for _ in range(2):
        imported(path)
        kept = Business.objects.get(siret=invented_siret(7))
        assert (kept.masked, kept.listed, kept.address, kept.postcode) == (True, False, "", "")
        assert kept.name == "Boulangerie à Villecresnes"
        assert "FERRAND" not in everything_kept()


def test_a_row_that_cannot_be_used_and_that_objects_to_nothing_changes_nothing(tmp_path: Path) -> None:
    imported(stock(tmp_path, invented_row(7, **SIGN)))
    path = tmp_path / "later.csv"
    short = csv_bytes([invented_row(7)]).splitlines(keepends=True)[1][:60] + b"\n"
    path.write_bytes(csv_bytes([invented_row(7, etatAdministratif="X")]) + cut_column(invented_row(7)) + short)
    report = imported(path)
    assert (report.read, len(report.rejected), report.updated) == (3, 3, 0)
    assert (only().listed, only().name) == (True, "Au Pain Dore")


def test_many_businesses_are_asked_for_a_few_hundred_at_a_time(tmp_path: Path) -> None:
    path = stock(tmp_path, *(invented_row(n, **SIGN) for n in range(1, 1202)))
    with CaptureQueriesContext(connection) as queries:
        assert imported(path).created == 1201
    asked = [sql.count("'90") for sql in (query["sql"] for query in queries) if "siret" in sql and "SELECT" in sql]
    assert sum(asked) == 1201
    assert max(asked) == actions.BATCH


@pytest.mark.parametrize("values", [{"address": "7 rue de l’Étang"}, {"postcode": "94440"}, {"listed": True}], ids=str)
def test_the_database_too_refuses_to_show_what_is_masked(values: dict[str, object], tmp_path: Path) -> None:
    imported(stock(tmp_path, invented_row(7, **MASKED)))
    with pytest.raises(IntegrityError), transaction.atomic():
        Business.objects.update(**values)


def test_the_units_file_gives_the_names_of_companies_and_never_of_people(tmp_path: Path) -> None:
    company, person = invented_row(1), invented_row(2)
    unit = units(
        tmp_path,
        {
            "siren": company["siren"],
            "statutDiffusionUniteLegale": "O",
            "denominationUniteLegale": "BOULANGERIE DES SOURCES",
            "categorieJuridiqueUniteLegale": "5710",
        },
        {
            "siren": person["siren"],
            "statutDiffusionUniteLegale": "O",
            "nomUniteLegale": "FERRAND",
            "prenom1UniteLegale": "ODILE",
            "categorieJuridiqueUniteLegale": "1000",
        },
    )
    report = imported(stock(tmp_path, company, person), units=unit)
    assert Business.objects.get(siret=company["siret"]).name == "Boulangerie des Sources"
    assert report.named_by == {"unit_name": 1, "trade_and_street": 1}
    assert "FERRAND" not in everything_kept()


def test_a_territory_takes_its_own_communes_only(tmp_path: Path) -> None:
    rows = invented_row(1, **SIGN), invented_row(2, codeCommune="97611", **SIGN)
    assert imported(stock(tmp_path, *rows)).read == 1
    assert only().commune_id == "94075"


def test_only_what_is_open_to_the_public_is_listed_and_the_rest_says_why(tmp_path: Path) -> None:
    report = imported(
        stock(
            tmp_path,
            invented_row(1, **SIGN),
            invented_row(2, activitePrincipale="68.20B"),
            invented_row(3, prefix="2", activitePrincipale="84.11Z"),
            invented_row(4, activitePrincipale="10.71C", libelleVoie="", typeVoie="", numeroVoie="", **SIGN),
        )
    )
    assert report.listed == 1
    assert report.not_listed == {"property_company": 1, "public_body": 1, "no_address": 1}
    assert sum(report.not_listed.values()) + report.listed == report.active
    assert set(Business.objects.filter(listed=False).values_list("unlisted_reason", flat=True)) == set(
        report.not_listed
    )
    assert Business.objects.get(listed=True).unlisted_reason == ""


def test_a_bad_row_is_told_and_the_others_are_kept(tmp_path: Path) -> None:
    bad = invented_row(2, **SIGN) | {"siret": "12345678901234"}
    said, figures = command(
        stock(tmp_path, invented_row(1, **SIGN), bad, invented_row(3, dateCreation="9999-99-99", **SIGN))
    )
    assert (figures["read"], figures["created"], figures["rejected"]) == (3, 2, 1)
    assert figures["read"] == figures["active"] + figures["inactive"] + figures["rejected"]
    assert "stock.csv, ligne 3, 12345678901234, siret : la clé de contrôle du SIRET est fausse" in plain(said)
    assert "stock.csv, ligne 4" in plain(said)
    assert "la date « 9999-99-99 » est impossible" in plain(said)


def test_the_last_line_of_the_command_is_the_figures(tmp_path: Path) -> None:
    path = stock(tmp_path, invented_row(1, **SIGN), invented_row(7, **MASKED))
    expected = {
        "read": 2,
        "active": 2,
        "listed": 1,
        "created": 2,
        "updated": 0,
        "unchanged": 0,
        "masked": 1,
        "rejected": 0,
    }
    figures = command(path)[1]
    assert {key: figures[key] for key in expected} == expected
    assert figures["not_listed"] == {"partial_diffusion": 1}
    again = command(path)[1]
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 2)


def plain(said: object) -> str:
    """With spaces that can be typed."""
    return str(said).replace("\u00a0", " ")


def test_a_file_cut_in_mid_line_keeps_what_it_holds_says_so_and_ends_in_error(tmp_path: Path) -> None:
    path = tmp_path / "cut.csv"
    path.write_bytes(csv_bytes([invented_row(1, **SIGN), invented_row(2, **SIGN)])[:-60])
    territory()
    said = StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command("directory", "import", str(path), "--territory", "plateau-briard", "--json", stdout=said)
    assert "« cut.csv » s’arrête au milieu d’une ligne : il est incomplet" in plain(refusal.value)
    assert "est gardé" in plain(refusal.value)
    figures = json.loads(said.getvalue().splitlines()[-1])
    assert (figures["incomplete"], figures["read"], figures["active"], figures["rejected"]) == (True, 2, 1, 1)
    assert only().siret == invented_siret(1)


@pytest.mark.parametrize(
    ("many", "told"),
    [
        (0, "0 ligne lue, 0 en activité"),
        (1, "1 ligne lue, 1 en activité, 1 dans l’annuaire public.\n"),
        (2, "2 lignes lues"),
    ],
)
def test_what_is_counted_agrees(many: int, told: str, tmp_path: Path) -> None:
    bad = invented_row(9) | {"siret": "12345678901234"}
    path = stock(tmp_path, *(invented_row(n, **SIGN) for n in range(1, many + 1)))
    said = plain(command(path)[0])
    assert told in said
    assert "0 ligne refusée, 0 fermé et laissé de côté." in said
    assert ("nouveaux" in said) == (many > 1)
    assert "1 ligne refusée," in plain(command(stock(tmp_path, bad))[0])


WITHOUT_SIRET = [column for column in COLUMNS_2021 if column != "siret"]
ROWS = [invented_row(n, enseigne1=f"BOUTIQUE {n * 7919}") for n in range(1, 400)]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (csv_bytes(ROWS[:2], columns=WITHOUT_SIRET), "il manque la colonne « siret »"),
        (csv_bytes(ROWS[:2], encoding="utf-16"), "il est en UTF-16. Enregistrez-le en CSV UTF-8."),
        (zip_bytes(csv_bytes(ROWS))[:-200], "abîmée ou incomplète"),
        (b"<!DOCTYPE html><html><body>404</body></html>", "c’est une page web, pas un fichier de données"),
        (b"", "il est vide"),
    ],
    ids=["column", "utf-16", "zip", "html", "empty"],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(content: bytes, problem: str, tmp_path: Path) -> None:
    path = tmp_path / "registre.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError) as refusal:
        command(path)
    assert plain(refusal.value).startswith("Le fichier « registre.csv » ne peut pas être lu : ")
    assert problem in plain(refusal.value)
    assert not Business.objects.exists()


def test_another_encoding_is_read_and_told(tmp_path: Path) -> None:
    path = tmp_path / "latin.csv"
    path.write_bytes(csv_bytes([invented_row(1, enseigne1="L'ÉTÉ")], encoding="windows-1252"))
    said, figures = command(path)
    assert figures["created"] == 1
    assert "elles ont été lues en Windows-1252" in plain(said)
    assert only().name == "L’Été"


def test_a_territory_that_is_shipped_is_made_at_its_first_stock(tmp_path: Path) -> None:
    out = StringIO()
    path = stock(tmp_path, invented_row(1))
    for said in ("n’existait pas encore : il est créé, 6 communes", "1 inchangé"):
        call_command("directory", "import", str(path), "--territory", "plateau-briard", stdout=out)
        assert said in plain(out.getvalue())
    assert Territory.objects.get().slug == "plateau-briard"


def test_an_unknown_territory_and_an_absent_file_are_told(tmp_path: Path) -> None:
    territory()
    with pytest.raises(CommandError, match=r"Aucun territoire «.ailleurs.»"):
        call_command("directory", "import", "x.csv", "--territory", "ailleurs")
    with pytest.raises(CommandError, match="il n’existe pas"):
        command(tmp_path / "absent.csv")
    with pytest.raises(CommandError, match="il n’existe pas"):
        command(stock(tmp_path, invented_row(1)), "--units", str(tmp_path / "absent.csv"))


def test_nothing_is_half_done_when_the_file_breaks_in_its_middle(tmp_path: Path) -> None:
    imported(stock(tmp_path, invented_row(1, **SIGN)))
    content = bytearray(zip_bytes(csv_bytes([invented_row(1, enseigne1="AUTRE NOM"), *ROWS])))
    middle = len(content) // 2
    content[middle : middle + 40] = bytes(40)
    path = tmp_path / "broken.zip"
    path.write_bytes(content)
    with pytest.raises(UnreadableStock):
        imported(path)
    assert only().name == "Au Pain Dore"
    assert AuditEntry.objects.filter(verb="import_stock").count() == 1


def test_nothing_is_half_done_when_the_database_breaks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(actions, "record", broken)
    with pytest.raises(OSError, match="no space"):
        imported(stock(tmp_path, invented_row(1, **SIGN)))
    assert not Business.objects.exists()


def test_the_journal_tells_of_each_import(tmp_path: Path) -> None:
    imported(stock(tmp_path, invented_row(1, **SIGN)))
    line = AuditEntry.objects.get(verb="import_stock")
    assert line.detail == {"file": "stock.csv", "read": 1, "created": 1}
    assert invented_siret(1) not in str(line.detail)


def without(*columns: str) -> list[str]:
    return [column for column in COLUMNS_2021 if column not in columns]


SIGNS = ("enseigne1Etablissement", "enseigne2Etablissement", "enseigne3Etablissement")


@pytest.mark.parametrize(
    ("column", "absent"),
    [("enseigne1", SIGNS), ("denominationUsuelle", ("denominationUsuelleEtablissement",))],
)
def test_a_file_without_the_column_of_names_leaves_those_that_are_known(
    column: str, absent: tuple[str, ...], tmp_path: Path
) -> None:
    """Listed too: a sign is what proves a shop where the trade alone does not."""
    imported(stock(tmp_path, invented_row(1, **{column: "AU PAIN DORE"})))
    before = Business.objects.values().get()
    report = imported(stock(tmp_path, invented_row(1), columns=without(*absent)))
    assert (report.updated, report.unchanged) == (0, 1)
    assert Business.objects.values().get() == before


def test_an_empty_sign_in_a_file_that_has_the_column_does_take_it_away(tmp_path: Path) -> None:
    imported(stock(tmp_path, invented_row(1, **SIGN)))
    imported(stock(tmp_path, invented_row(1)))
    assert only().name_rule == "trade_and_street"


def test_whoever_objects_in_a_file_without_signs_is_forgotten_all_the_same(tmp_path: Path) -> None:
    imported(stock(tmp_path, invented_row(7, enseigne1="CHEZ ODILE FERRAND")))
    imported(stock(tmp_path, invented_row(7, statutDiffusion="P"), columns=without(*SIGNS)))
    assert "FERRAND" not in everything_kept()


def test_a_file_of_titles_alone_is_told_as_such(tmp_path: Path) -> None:
    said, counts = command(stock(tmp_path))
    assert "stock.csv : il n’y a que des titres de colonnes, aucun établissement en dessous" in said
    assert counts["read"] == 0
