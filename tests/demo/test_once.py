"""`bin/run --once`: a whole life of the demo, and figures that are those of the outbox."""

import json
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from openpyxl import Workbook
from pypdf import PdfReader

from parvis.accounts.models import User
from parvis.announcements.models import Announcement
from parvis.contacts.models import Person
from parvis.demo import places
from parvis.demo.stock import SIRETS, write_demo_stock
from parvis.directory.models import Business
from parvis.territory.models import Territory

from .conftest import shrink
from .whole_run import ROOT, Run, environment, parvis

pytestmark = pytest.mark.xdist_group("journeys")

KEYS = ["businesses", "residents", "announcements", "pairs", "selected", "held", "withheld", "messages"]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def called(path: Path) -> int:
    """Names on a call list: each has a number beside it, of those that are kept for fiction."""
    pages = PdfReader(BytesIO(path.read_bytes())).pages
    return sum(len(re.findall(r"06\s39\s98", page.extract_text())) for page in pages)


def test_the_last_line_holds_the_figures_and_nothing_else(whole_run: Run) -> None:
    assert list(whole_run.figures) == KEYS
    assert set(whole_run.figures["messages"]) == {"email", "paper", "phone"}
    assert whole_run.lines[-2] == f"Les messages sont dans {whole_run.outbox}"


def test_the_line_before_tells_what_the_door_stopped(whole_run: Run) -> None:
    """Nothing happens to the demo's residents between the sorting and the door, but both must agree on that."""
    assert plain(whole_run.lines[-3]) == "Arrêtées à la porte : 0."
    with sqlite3.connect(whole_run.var / "parvis.sqlite3") as database:
        passed = database.execute("SELECT COUNT(*) FROM delivery_part WHERE stopped = ''").fetchone()
    database.close()
    assert passed == (whole_run.figures["selected"],)


def test_the_spreadsheet_s_lines_to_look_at_are_told_those_that_were_kept_too(whole_run: Run) -> None:
    told = plain("\n".join(whole_run.lines))
    for title in ("Lignes refusées :", "Lignes gardées, à regarder :", "Notées, mais sans droit d’écrire :"):
        assert f"\n{title}\n  clients.csv, ligne" in told
    assert "« 31/02/2026 » : Ce jour n’existe pas" in told


def test_each_page_of_the_demo_can_tell_who_will_hear(whole_run: Run) -> None:
    with sqlite3.connect(whole_run.var / "parvis.sqlite3") as database:
        uncounted = (
            "SELECT COUNT(*) FROM announcements_announcement WHERE organisation_id NOT IN "
            "(SELECT organisation_id FROM rounds_crowd)"
        )
        assert database.execute(uncounted).fetchone() == (0,)
    database.close()


COUNTS = {
    "SELECT COUNT(*) FROM accounts_organisation": 42,
    "SELECT COUNT(*) FROM accounts_user": 38,  # four shops have no screen, and Claire has their mandates
    "SELECT COUNT(*) FROM accounts_mandate": 4,
    "SELECT COUNT(*) FROM directory_business WHERE organisation_id IS NOT NULL AND listed": 41,
    "SELECT COUNT(*) FROM directory_shopwindow WHERE cover_id IS NOT NULL AND about <> '' AND needs <> ''": 41,
    "SELECT COUNT(DISTINCT window_id) FROM directory_openinghours": 41,
    "SELECT COUNT(DISTINCT organisation_id) FROM announcements_announcement": 42,
    "SELECT COUNT(*) FROM announcements_announcement WHERE photo_id IS NOT NULL": 56,
    "SELECT COUNT(DISTINCT organisation_id) FROM contacts_customerrecord": 42,
}


def test_every_shop_of_the_plateau_is_there_with_its_window_and_something_to_say(whole_run: Run) -> None:
    with sqlite3.connect(whole_run.var / "parvis.sqlite3") as database:
        found = {query: database.execute(query).fetchone()[0] for query in COUNTS}
    database.close()
    assert found == COUNTS


def test_every_pair_is_chosen_held_or_withheld_for_a_reason(whole_run: Run) -> None:
    told = whole_run.figures
    assert told["pairs"] == told["residents"] * told["announcements"] > 1000
    assert told["pairs"] == told["selected"] + told["held"] + sum(told["withheld"].values())
    assert all(n > 0 for n in told["withheld"].values())
    assert {"no_consent", "not_interested", "pause", "minor"} <= set(told["withheld"])


def test_the_figures_are_what_lies_in_the_outbox(whole_run: Run) -> None:
    messages = whole_run.figures["messages"]
    mails = list((whole_run.outbox / "mail" / "new").iterdir())
    sheets = list((whole_run.outbox / "paper").rglob("*.pdf"))
    lists = list((whole_run.outbox / "calls").rglob("*.pdf"))
    assert len(mails) == messages["email"] > 20
    assert len(sheets) == messages["paper"] > 10
    assert {path.stem for path in lists} <= {place.slug for place in (places.ASSOCIATION, *places.PLACES)}
    assert sum(called(path) for path in lists) == messages["phone"] > 5


def test_people_of_the_wine_merchant_s_own_spreadsheet_hear_of_it(whole_run: Run) -> None:
    with sqlite3.connect(whole_run.var / "parvis.sqlite3") as database:
        heard = (
            "SELECT COUNT(DISTINCT person_id) FROM delivery_message WHERE state = 'sent' AND person_id IN "
            "(SELECT person_id FROM contacts_customerrecord WHERE email LIKE '%@boite.example')"
        )
        assert database.execute(heard).fetchone()[0] >= 3
    database.close()


def test_nobody_receives_two_messages_of_one_round(whole_run: Run) -> None:
    with sqlite3.connect(whole_run.var / "parvis.sqlite3") as database:
        twice = "SELECT person_id FROM delivery_message WHERE channel <> 'phone' GROUP BY person_id HAVING COUNT(*) > 1"
        assert database.execute(twice).fetchall() == []
        carried = database.execute("SELECT DISTINCT state FROM delivery_message").fetchall()
    database.close()
    assert carried == [("sent",)]


def test_a_territory_that_is_there_is_not_begun_again(whole_run: Run) -> None:
    again = parvis("demo", "once", env=environment(whole_run.var))
    assert again.returncode == 1
    assert "Ce territoire de démonstration existe déjà ici" in again.stderr
    assert again.stdout == ""


def test_a_second_preparation_changes_nothing(whole_run: Run, tmp_path: Path) -> None:
    copy = tmp_path / "var"
    shutil.copytree(whole_run.var, copy)
    done = parvis("demo", "prepare", env=environment(copy))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("number", ["0", "5001", "-3", "beaucoup"])
def test_as_many_people_are_invented_as_there_are_numbers_kept_for_fiction(number: str) -> None:
    with pytest.raises(CommandError, match="écrivez un nombre, de 1 à 5000"):
        call_command("demo", "once", f"--residents={number}")


@pytest.mark.parametrize("verb", ["prepare", "links", "once"])
def test_outside_the_demo_every_verb_is_refused(verb: str) -> None:
    with pytest.raises(CommandError, match="La démonstration demande PARVIS_DEMO=1"):
        call_command("demo", verb)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--nope"], "bin/run --once ne connaît pas « --nope » : seulement --stock FICHIER et --customers FICHIER."),
        (["clients.csv"], "bin/run --once ne connaît pas « clients.csv »"),
        (["--customers"], "Il manque un fichier après --customers."),
        (["--customers", "a.csv", "--stock", ""], "Il manque un fichier après --stock."),
    ],
)
def test_an_option_that_is_unknown_is_refused_in_french_before_anything_is_thrown_away(
    tmp_path: Path, words: list[str], sentence: str
) -> None:
    last_time = tmp_path / "once" / "parvis.sqlite3"
    last_time.parent.mkdir()
    last_time.touch()
    run = [str(ROOT / "bin" / "run"), "--once", *words]
    done = subprocess.run(run, env=environment(tmp_path), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in plain(done.stderr)
    assert last_time.exists()


@pytest.mark.parametrize(
    ("option", "content", "sentence"),
    [
        ("--customers", None, "vérifiez son nom et son emplacement"),
        ("--customers", b"rien;du;tout", "Aucun titre de colonne n’est reconnu"),
        ("--stock", None, "il n’existe pas"),
        ("--stock", b"siret,nom\n1,2\n", "il manque les colonnes"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_before_anything_is_thrown_away(
    tmp_path: Path, option: str, content: bytes | None, sentence: str
) -> None:
    last_time = tmp_path / "once" / "parvis.sqlite3"
    last_time.parent.mkdir()
    last_time.touch()
    file = tmp_path / "f.csv"
    if content is not None:
        file.write_bytes(content)
    run = [str(ROOT / "bin" / "run"), "--once", option, str(file)]
    done = subprocess.run(run, env=environment(tmp_path), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert sentence in plain(done.stderr)
    assert last_time.exists()


@pytest.fixture
def small(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What a file changes depends neither on the number of shops nor on the size of their pictures."""
    shrink(monkeypatch, tmp_path)


def once(capsys: pytest.CaptureFixture[str], **files: Path) -> dict[str, Any]:
    call_command("demo", "once", residents=5, **files)
    told: dict[str, Any] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return told


def spreadsheet(path: Path, people: int) -> Path:
    """A shop's own file: a heading of its own, then each with a dated sale."""
    book = Workbook()
    sheet = book.active
    assert sheet
    sheet.append(["Nom", "Prénom", "Mail", "Dernier achat", "Goûts"])
    for number in range(people):
        sheet.append([f"Ferrand{number}", "Odile", f"odile{number}@boite.example", "12/10/2026", "cidre"])
    book.save(path)
    return path


@pytest.mark.usefixtures("small")
def test_another_spreadsheet_and_another_register_change_the_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stock = tmp_path / "stock.csv"
    write_demo_stock(stock, seed=1)
    lines = stock.read_text("utf-8").splitlines(keepends=True)
    # Without the shops that recognise themselves in the demo's own register.
    stock.write_text("".join(lines[:1] + lines[1 + len(SIRETS) :][:20]), "utf-8")
    told = once(capsys, stock=stock, customers=spreadsheet(tmp_path / "clients.xlsx", 7))
    assert told["residents"] == 5 + 7
    assert told["businesses"] == Business.objects.count() <= 20
    assert told["pairs"] == 12 * Announcement.objects.count() > 0
    # Seven who never said that they are adults, and two announcements of the wine merchant.
    assert told["withheld"]["minor"] >= 7 * 2


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("option", "name", "text", "sentence"),
    [
        ("customers", "clients.csv", "rien;du;tout\n1;2;3\n", "Aucun titre de colonne n’est reconnu"),
        ("customers", "absent.csv", None, "vérifiez son nom et son emplacement"),
        ("stock", "stock.csv", "siret,nom\n1,2\n", "Le fichier « stock.csv » ne peut pas être lu"),
        ("stock", "absent.csv", None, "Le fichier « absent.csv » ne peut pas être lu"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_and_nothing_is_half_done(
    tmp_path: Path, option: str, name: str, text: str | None, sentence: str
) -> None:
    path = tmp_path / name
    if text is not None:
        path.write_text(text, "utf-8")
    with pytest.raises(CommandError) as refusal:
        call_command("demo", "once", residents=5, **{option: path})
    assert name in str(refusal.value)
    assert sentence in plain(str(refusal.value))
    for model in (Territory, User, Person, Business):
        assert not model._default_manager.exists()
    assert not list(tmp_path.rglob("*.jpg"))
    assert not settings.OUTBOX.exists()


def cut_short(path: Path) -> Path:
    write_demo_stock(path, seed=1)
    path.write_bytes(path.read_bytes()[:-40])
    return path


def refused_lines(path: Path) -> Path:
    path.write_text("Nom;Mail;Dernier achat\n;pas-un-courriel;\n", "utf-8")
    return path


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("option", "write", "sentence"),
    [
        ("stock", cut_short, "Le fichier « f.csv » s’arrête au milieu d’une ligne : téléchargez-le de nouveau."),
        ("customers", refused_lines, "Le fichier « f.csv » n’a donné aucune fiche"),
    ],
)
def test_a_file_read_in_part_still_gives_its_figures_and_an_exit_that_says_no(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    option: str,
    write: Callable[[Path], Path],
    sentence: str,
) -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("demo", "once", residents=5, **{option: write(tmp_path / "f.csv")})
    assert sentence in plain(str(refusal.value))
    assert list(json.loads(capsys.readouterr().out.splitlines()[-1])) == KEYS


def of_titles(path: Path) -> Path:
    write_demo_stock(path, seed=1)
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    return path


def of_headings(path: Path) -> Path:
    path.write_text("Nom;Mail;Dernier achat\n", "utf-8")
    return path


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("option", "write", "sentence"),
    [
        ("stock", of_titles, "f.csv, il n’y a que des titres de colonnes, aucun établissement en dessous"),
        ("customers", of_headings, "f.csv, ligne 1 : Il n’y a que des titres de colonnes, personne en dessous"),
    ],
)
def test_a_file_of_titles_alone_is_told_and_is_no_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, write: Callable[[Path], Path], sentence: str
) -> None:
    call_command("demo", "once", residents=5, **{option: write(tmp_path / "f.csv")})
    told = capsys.readouterr().out
    assert sentence in plain(told)
    assert list(json.loads(told.splitlines()[-1])) == KEYS


@pytest.mark.usefixtures("small")
def test_what_the_spreadsheet_says_in_vain_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "f.csv"
    file.write_text("Nom;Mail;Dernier achat;Pointure;Goûts\nPetit;luc@boite.example;12/10/2026;42;macramé\n", "utf-8")
    call_command("demo", "once", residents=5, customers=file)
    told = plain(capsys.readouterr().out)
    assert "f.csv, ligne 1, Pointure : Cette colonne n’est pas lue" in told
    assert "f.csv, ligne 2, Goûts « macramé » : Ces mots ne sont pas dans la liste des sujets" in told


@pytest.mark.usefixtures("small")
def test_checking_the_files_writes_nothing(tmp_path: Path) -> None:
    write_demo_stock(tmp_path / "stock.csv", seed=1)
    call_command("demo", "check", stock=tmp_path / "stock.csv", customers=spreadsheet(tmp_path / "c.xlsx", 2))
    with pytest.raises(CommandError, match="ne peut pas être lu"):
        call_command("demo", "check", stock=tmp_path / "c.xlsx")
    assert not Territory.objects.exists()
    assert not settings.OUTBOX.exists()
