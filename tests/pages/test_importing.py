"""A shop's spreadsheet on screen: seen first, then noted, once."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from parvis.contacts.models import CustomerRecord
from parvis.contacts.spreadsheet.fields import NAMES
from parvis.contacts.spreadsheet.headings import _RULES
from parvis.core import clock, waiting
from parvis.core.models import AuditEntry
from parvis.pages import importing
from tests import builders
from tests.builders import TUESDAY

from .conftest import Village
from .page import queries, read, words

IMPORT = "/bureau/la-brassee/clients/importer/"
PREVIEW, NOTE = f"{IMPORT}apercu/", f"{IMPORT}noter/"
SHEET = """Nom;Prénom;E-mail;Dernier achat;Source consentement;Date consentement;Canal;Fidélité
Ferrand;Odile;odile@courriel.example;12/03/2026;;;;12
Daguenet;Paul;paul@courriel.example;;Carte de fidélité;14/03/2026;e-mail;3
Bellance;Jeanne;pas un courriel;;;;;
Achard;Marc;marc@courriel.example;;;;;
"""


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def bring(client: Client, text: str | bytes = SHEET, name: str = "clients.csv") -> str:
    data = text.encode() if isinstance(text, str) else text
    answer = client.post(IMPORT, {"file": SimpleUploadedFile(name, data)}, follow=True)
    return words(answer.content)


def kept_files(folder: Path) -> list[Path]:
    return list((folder / "waiting").glob("*"))


def test_the_preview_says_what_would_be_noted_and_notes_nothing(owner: Client, village: Village) -> None:
    page = bring(owner)
    assert "clients.csv, 4 lignes lues. Rien n’est encore gardé." in page
    assert "E-mail courriel" in page
    assert "Colonnes qui ne sont pas lues : Fidélité." in page
    assert "1 personne par courriel : achat daté chez vous" in page
    assert "1 personne par courriel : accord daté, avec sa source" in page
    assert "Ligne 4, E-mail « pas un courriel » :" in page
    assert "on ne lui écrira pas" in page
    assert not CustomerRecord.objects.exists()
    assert not AuditEntry.objects.filter(verb__contains="customer").exists()


def test_the_very_file_is_noted_once_then_erased(owner: Client, village: Village, tmp_path: Path) -> None:
    bring(owner)
    for _ in range(2):
        page = words(owner.post(NOTE, follow=True).content)
        assert "C’est noté" in page
        assert "nouvelles fiches 4" in page
    assert CustomerRecord.objects.count() == 4
    assert (
        AuditEntry.objects.filter(verb="import_customers", organisation=f"organisation:{village.florist.pk}").count()
        == 1
    )
    assert [path.suffix for path in kept_files(tmp_path)] == [".json"]
    assert "a lu un fichier de clients" in read(owner, "/bureau/la-brassee/journal/")


def test_a_press_that_comes_while_the_first_is_at_it_changes_nothing(owner: Client, village: Village) -> None:
    bring(owner)
    name = owner.session[f"import:{village.florist.pk}"]["file"]
    with waiting.taken(name):
        page = words(owner.post(NOTE, follow=True).content)
    assert "Ce fichier est en train d’être noté" in page
    assert not CustomerRecord.objects.exists()


def test_a_preview_of_more_than_an_hour_says_so(owner: Client, village: Village) -> None:
    bring(owner)
    with clock.frozen(TUESDAY + dt.timedelta(minutes=61)):
        page = words(owner.post(NOTE, follow=True).content)
    assert "Cet aperçu a plus d’une heure" in page
    assert not CustomerRecord.objects.exists()


def test_the_same_file_again_has_nothing_new(owner: Client, village: Village) -> None:
    bring(owner)
    owner.post(NOTE)
    page = bring(owner)
    assert "Rien de nouveau dans ce fichier." in page
    assert "fiches inchangées 4" in page


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Ce fichier est vide"),
        (b"\x00\x01\x02" * 400, "n’est pas un tableau"),
        (b"PK\x03\x04 but broken", "Ce fichier est abîmé"),
        (b"rouge;vert\n1;2\n", "Aucun titre de colonne n’est reconnu"),
    ],
)
def test_what_cannot_be_read_gets_its_sentence(
    owner: Client, village: Village, tmp_path: Path, data: bytes, sentence: str
) -> None:
    assert sentence in bring(owner, data)
    assert kept_files(tmp_path) == []


def test_no_file_at_all_is_said(owner: Client, village: Village) -> None:
    assert "Il manque le fichier" in words(owner.post(IMPORT).content)


def test_a_file_too_long_for_a_page_is_refused(
    owner: Client, village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "MOST_LINES", 3)
    assert "Ce fichier a plus de 20 000 lignes" in bring(owner)
    monkeypatch.setattr(importing, "MOST_LINES", 4)
    assert "4 lignes lues" in bring(owner)


def test_the_preview_reads_the_same_of_someone_known_elsewhere(owner: Client, village: Village) -> None:
    before = bring(owner)
    builders.customer(village.wines, email="odile@courriel.example", given_name="Odile", family_name="Ferrand")
    assert bring(owner) == before


def test_only_whoever_may_change_the_file_imports(delegate: Client, merchant: Client, village: Village) -> None:
    for client in (delegate, merchant):
        for address in (IMPORT, PREVIEW):
            read(client, address, status=404)
        assert client.post(NOTE).status_code == 404


def test_the_file_waits_for_its_own_shop_alone(owner: Client, village: Village) -> None:
    builders.user(of=village.wines, email=village.owner.email)
    bring(owner)
    page = owner.get("/bureau/cave-du-tilleul/clients/importer/apercu/", follow=True)
    assert "Où est votre fichier de clients" in words(page.content)


def test_the_preview_is_read_again_at_little_cost(owner: Client, village: Village) -> None:
    bring(owner)
    assert queries(owner, PREVIEW) <= 10


def test_the_file_of_customers_leads_to_the_import(owner: Client, village: Village) -> None:
    empty = owner.get("/bureau/la-brassee/clients/").content.decode()
    builders.customer(village.florist)
    full = owner.get("/bureau/la-brassee/clients/").content.decode()
    assert IMPORT in empty
    assert IMPORT in full


def test_each_column_that_is_read_has_a_name() -> None:
    assert {field for field, _ in _RULES} == set(NAMES)
