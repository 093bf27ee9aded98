"""French wording: spaces, telephone numbers, dates, counts."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.core import typography

N = "\u00a0"
ALPHABET = "aàéh0159 :;?!«»€%\u00a0\n/.-+places"


@given(st.text(ALPHABET))
def test_no_break_only_ever_changes_spaces(text: str) -> None:
    changed = typography.no_break(text)
    assert changed.replace(N, " ") == text.replace(N, " ")


@given(st.text(ALPHABET))
def test_no_break_twice_is_no_break_once(text: str) -> None:
    once = typography.no_break(text)
    assert typography.no_break(once) == once


@given(st.text("abé ", min_size=1), st.sampled_from(";:?!»"))
def test_a_high_sign_is_never_left_alone_at_the_start_of_a_line(words: str, sign: str) -> None:
    assert f"x {sign}" not in typography.no_break(f"{words}x {sign} suite")


@pytest.mark.parametrize(
    ("plain", "bound"),
    [
        ("Combien de places ?", f"Combien de places{N}?"),
        ("« Bonjour » : 4 places", f"«{N}Bonjour{N}»{N}: 4{N}places"),
        ("samedi à 14 h 30", f"samedi à 14{N}h{N}30"),
        ("35 €, 75 %, 30 000 habitants", f"35{N}€, 75{N}%, 30{N}000 habitants"),
        ("https://parvis.example/?page=2", "https://parvis.example/?page=2"),
        ("4 haricots, 2 minutes", "4 haricots, 2 minutes"),
    ],
)
def test_french_spaces(plain: str, bound: str) -> None:
    assert typography.no_break(plain) == bound


@given(st.integers(1, 9), st.integers(0, 99_999_999), st.sampled_from(["", " ", ".", "-", N]))
def test_a_number_reads_the_same_however_it_was_typed(kind: int, rest: int, separator: str) -> None:
    digits = f"0{kind}{rest:08}"
    pairs = [digits[start : start + 2] for start in range(0, 10, 2)]
    expected = N.join(pairs)
    assert typography.phone(separator.join(pairs)) == expected
    assert typography.phone(f"+33{digits[1:]}") == expected
    assert typography.phone(f"0033{digits[1:]}") == expected
    assert typography.phone(f"+33 (0){digits[1:]}") == expected


@pytest.mark.parametrize("number", ["", "3631", "06 39 98 12", "+32 2 555 12 12", "le matin"])
def test_what_is_not_a_french_number_comes_back_as_typed(number: str) -> None:
    assert typography.phone(number) == number


def test_a_moment_is_told_in_paris() -> None:
    assert typography.when(datetime(2026, 11, 28, 13, 30, tzinfo=UTC)) == f"Samedi 28{N}novembre, 14{N}h{N}30"
    assert typography.when(datetime(2026, 7, 1, 22, 5, tzinfo=UTC)) == f"Jeudi 2{N}juillet, 0{N}h{N}05"


def test_a_moment_without_zone_is_already_in_paris() -> None:
    assert typography.when(datetime.fromisoformat("2026-03-01T09:00")) == f"Dimanche 1er{N}mars, 9{N}h"


def test_a_date_has_no_hour() -> None:
    assert typography.when(date(2026, 8, 1)) == f"Samedi 1er{N}août"


def test_what_ends_after_midnight_is_told_on_the_day_when_it_begins() -> None:
    starts, ends = datetime(2026, 12, 31, 19, tzinfo=UTC), datetime(2027, 1, 1, 1, tzinfo=UTC)
    assert typography.span(starts, ends, starts) == f"Jeudi 31{N}décembre, de 20{N}h à 2{N}h"
    assert typography.span(starts, None, starts) == typography.when(starts, starts)
    assert typography.span(starts, ends, date(2025, 1, 1)) == f"Jeudi 31{N}décembre{N}2026, de 20{N}h à 2{N}h"


def test_the_year_is_written_only_where_it_differs() -> None:
    moment = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # already 2027 in Paris
    assert typography.when(moment, date(2026, 6, 1)) == f"Vendredi 1er{N}janvier{N}2027, 0{N}h{N}30"
    assert typography.when(moment, date(2027, 6, 1)) == f"Vendredi 1er{N}janvier, 0{N}h{N}30"


MOMENTS = st.builds(datetime.combine, st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.times(), st.just(UTC))


@given(MOMENTS, st.dates())
def test_a_moment_is_told_on_one_line_with_its_day_and_hour(moment: datetime, reference: date) -> None:
    told = typography.when(moment, reference)
    local = moment.astimezone(typography.PARIS)
    assert told[0].isupper()
    assert typography.MONTHS[local.month - 1] in told
    assert told.endswith(typography.clock(local))
    assert (str(local.year) in told) == (local.year != reference.year)


@given(st.integers(-(10**9), 10**9))
def test_french_is_plural_from_two(value: int) -> None:
    assert typography.count(value, "place").endswith("places" if abs(value) >= 2 else "place")
    assert typography.count(value, "cheval", "chevaux").endswith("chevaux" if abs(value) >= 2 else "cheval")


@given(st.integers(0, 10**9))
def test_a_number_keeps_its_digits_and_never_breaks(value: int) -> None:
    written = typography.number(value)
    assert written.replace(N, "") == str(value)
    assert " " not in written


@given(st.integers(0, 10**6))
def test_under_ten_every_number_reads_the_same(value: int) -> None:
    assert (typography.small_number(value) == "moins de dix") == (value < 10)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "zéro"),
        (4, "quatre"),
        (16, "seize"),
        (17, "17"),
        (20, "vingt"),
        (30, "trente"),
        (45, "45"),
        (60, "soixante"),
        (70, "70"),
        (100, "100"),
        (-3, "-3"),
    ],
)
def test_a_number_is_a_word_where_french_has_a_plain_one(value: int, words: str) -> None:
    assert typography.in_words(value) == words


def test_a_full_date_stays_on_one_line_and_the_first_is_1er() -> None:
    assert typography.full_date(date(2026, 3, 1)) == f"1er{N}mars{N}2026"
    assert typography.full_date(datetime(2026, 3, 1, 23, 30, tzinfo=UTC)) == f"2{N}mars{N}2026"


@pytest.mark.parametrize(
    ("name", "of", "to"),
    [
        ("La Brassée", "de La Brassée", "à La Brassée"),
        ("Le Fournil des Sources", "du Fournil des Sources", "au Fournil des Sources"),
        ("Les Enseignes du Plateau", "des Enseignes du Plateau", "aux Enseignes du Plateau"),
        ("L’Heure verte", "de L’Heure verte", "à L’Heure verte"),
        ("Émeraude", "d’Émeraude", "à Émeraude"),
        ("Œuvre", "d’Œuvre", "à Œuvre"),
        ("Cave du Tilleul", "de Cave du Tilleul", "à Cave du Tilleul"),
        ("Lena Fleurs", "de Lena Fleurs", "à Lena Fleurs"),
        ("Le", "de Le", "à Le"),
        ("", "de ", "à "),
    ],
)
def test_a_name_takes_its_french_article(name: str, of: str, to: str) -> None:
    assert (typography.of(name), typography.to(name)) == (of, to)


@given(st.text(), st.integers(1, 300))
def test_a_text_is_shortened_only_where_it_is_too_long(text: str, most: int) -> None:
    cut = typography.shortened(text, most)
    assert len(cut) <= most
    assert (cut == text) == (len(text) <= most) or cut.endswith("…")
