import hashlib
import hmac
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.config.environment import objection_key
from parvis.contacts.points import digest, email, postal
from parvis.core.errors import BadInput


@pytest.mark.parametrize(
    "typed", ["Odile.Ferrand@Courriel.Example", "  odile.ferrand@courriel.example\n", "ODILE.FERRAND@COURRIEL.EXAMPLE"]
)
def test_an_address_is_one_whatever_its_case_and_spaces(typed: str) -> None:
    assert email(typed) == "odile.ferrand@courriel.example"


@pytest.mark.parametrize("typed", ["", "odile", "odile@", "@courriel.example", "a b@c.example", "a@b@c.example", "06"])
def test_what_is_no_address_is_refused_and_quoted(typed: str) -> None:
    with pytest.raises(BadInput) as refusal:
        email(typed)
    assert f"« {typed} »" in refusal.value.sentence
    assert "arobase" in refusal.value.sentence


def test_a_line_break_cannot_smuggle_a_header() -> None:
    with pytest.raises(BadInput):
        email("odile@courriel.example\nBcc: tous@courriel.example")


@given(st.text(max_size=300))
def test_a_postal_line_is_one_line_that_fits_the_table(typed: str) -> None:
    line = postal(typed)
    assert len(line) <= 254
    assert not re.search(r"[\n\r\t]|  ", line)
    assert postal(line) == line


@given(st.emails())
def test_an_objection_is_recognised_whatever_the_case_and_tells_nothing(address: str) -> None:
    kept = digest("email", address)
    assert kept == digest("email", address.upper().lower())
    assert re.fullmatch(r"[0-9a-f]{64}", kept)
    assert kept != digest("phone", address)


def test_an_objection_list_is_of_no_use_without_the_host_s_key(settings: Any) -> None:
    before = digest("email", "odile@courriel.example")
    settings.OBJECTION_KEY = b"une autre, tiree au sort pour ce test"
    assert digest("email", "odile@courriel.example") != before


def test_a_new_secret_key_forgets_no_objection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARVIS_VAR", str(tmp_path))
    monkeypatch.delenv("PARVIS_OBJECTION_KEY", raising=False)
    monkeypatch.setenv("PARVIS_SECRET_KEY", "celle du premier jour")
    first = objection_key()
    monkeypatch.setenv("PARVIS_SECRET_KEY", "celle qui la remplace")
    assert objection_key() == first
    assert (tmp_path / "objection_key").stat().st_mode & 0o077 == 0
    monkeypatch.setenv("PARVIS_OBJECTION_KEY", "celle de l’hôte")
    assert objection_key() == "celle de l’hôte".encode()


def test_the_first_objection_key_reads_what_the_secret_key_had_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setenv("PARVIS_VAR", str(tmp_path))
    monkeypatch.delenv("PARVIS_OBJECTION_KEY", raising=False)
    monkeypatch.setenv("PARVIS_SECRET_KEY", "une clé")
    settings.OBJECTION_KEY = objection_key()
    before = hashlib.sha256(b"parvis objection list" + "une clé".encode()).digest()
    kept = hmac.new(before, b"email:odile@courriel.example", hashlib.sha256).hexdigest()
    assert digest("email", "odile@courriel.example") == kept
