"""Files that cannot be read at all: each has its sentence, which names the file and the way out."""

import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from parvis.core.errors import Refused
from parvis.sirene.errors import UnreadableStock
from parvis.sirene.reader import Reading, read_establishments

from .conftest import csv_bytes, invented_row, write_parquet, zip_bytes

Read = Callable[..., Reading]
Write = Callable[..., Path]
ROWS = [invented_row(serial, enseigne1=f"BOUTIQUE {serial * 7919}") for serial in range(1, 400)]


def workbook(kind: str) -> bytes:
    names = {"xlsx": "xl/workbook.xml", "ods": "content.xml"}
    return zip_bytes(b"<workbook/>", name=names[kind])


def sentence_for(path: Path) -> str:
    with pytest.raises(UnreadableStock) as refusal:
        list(read_establishments(path, communes=["94075"], today=dt.date(2026, 9, 1)))
    assert isinstance(refusal.value, Refused)
    assert f"« {path.name} »" in refusal.value.sentence
    assert refusal.value.sentence.endswith(".")
    return refusal.value.sentence


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "il est vide"),
        (b" \n\n", "il est vide"),
        (b"<!DOCTYPE html><html>", "page web"),
        (b"\xef\xbb\xbf\n <html>", "page web"),
        (b"\x1f\x8b\x08\x00rest", "gzip"),
        (csv_bytes(ROWS[:1], encoding="utf-16"), "UTF-16"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "ni un CSV, ni un zip, ni un Parquet"),
        (b"date;libelle;montant\n1;2;3\n", "ses colonnes ne sont pas celles"),
        (b"\xd3\x11\r\x9a,\r;rien\n", "ses colonnes ne sont pas celles"),
        (b'{"header": {"statut": 200}}', "ses colonnes ne sont pas celles"),
        (zip_bytes(b"bonjour", name="lisez-moi.txt"), "aucun CSV"),
        (zip_bytes(csv_bytes(ROWS))[:-200], "abîmée ou incomplète"),
        (workbook("xlsx"), "c’est un classeur de tableur"),
        (workbook("ods"), "c’est un classeur de tableur"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "c’est un classeur de tableur"),
        (b"PK\x03\x04 and then nothing of a zip", "abîmée ou incomplète"),
        (b"PAR1 and then nothing of a Parquet", "abîmé ou incomplet"),
    ],
    # A zip holds the hour at which it was made: it names no test, which both workers must name alike.
    ids=lambda one: one if isinstance(one, str) else "content",
)
def test_a_file_that_is_no_stock_is_told_what_it_is(content: bytes, problem: str, write: Write) -> None:
    assert problem in sentence_for(write(content, "donnees"))


def test_a_zip_damaged_in_its_middle_is_told_while_it_is_read(write: Write) -> None:
    content = bytearray(zip_bytes(csv_bytes(ROWS)))
    middle = len(content) // 2
    content[middle : middle + 40] = bytes(40)
    assert "abîmée ou incomplète" in sentence_for(write(bytes(content), "stock.zip"))


def test_a_parquet_cut_at_its_end_is_told(write: Write) -> None:
    whole = write_parquet(write(csv_bytes(ROWS)))
    assert "abîmé ou incomplet" in sentence_for(write(whole.read_bytes()[:-100], "cut.parquet"))


def test_a_parquet_of_something_else_is_told(write: Write) -> None:
    other = write_parquet(write(b"nom,prix\npain,1\n"))
    assert "ses colonnes ne sont pas celles" in sentence_for(other)


def test_a_zip_of_two_files_is_not_guessed(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a.csv", "x")
        archive.writestr("b.csv", "x")
    assert "plusieurs CSV" in sentence_for(tmp_path / "two.zip")


def test_a_file_that_is_not_there_and_a_folder_are_told(tmp_path: Path) -> None:
    assert "il n’existe pas" in sentence_for(tmp_path / "absent.csv")
    assert "l’accès est refusé" in sentence_for(tmp_path)


def test_a_file_of_another_kind_is_refused_before_any_row_is_read(write: Write, read: Read) -> None:
    with pytest.raises(UnreadableStock):
        read(write(b"<html>"))
