import datetime as dt
import io
from collections.abc import Sequence

from pypdf import PdfReader

from parvis.delivery.channels.letter import HEALTH, Item
from parvis.delivery.channels.phone.channel import Call, print_calls
from tests.delivery.channels.channel_samples import NASTY, flat, item, whisky

HOURS = "Du lundi au vendredi, de 10 h à 13 h et de 14 h à 20 h, jamais un jour férié"
WREATHS = "Couronnes de l’avent"


def call(
    number: int = 0,
    *,
    name: str = "",
    phone: str = "",
    reason: str = "A dit oui à vos appels au comptoir le 14 mars",
    line: str = "Il reste quatre places samedi.",
    title: str = WREATHS,
    alcohol: bool = False,
) -> Call:
    name, phone = name or f"Mme Numéro {number}", phone or f"+3363998{number:04d}"
    return Call(name, phone, reason, line, title, alcohol)


def printed(calls: Sequence[Call], to_say: Sequence[Item] = ()) -> bytes:
    return print_calls(
        shop="La Brassée",
        territory="Plateau briard",
        day=dt.date(2026, 11, 26),
        calls=calls,
        hours=HOURS,
        to_say=to_say or [item()],
    )


def pages(calls: Sequence[Call], to_say: Sequence[Item] = ()) -> list[str]:
    return [flat(page.extract_text()) for page in PdfReader(io.BytesIO(printed(calls, to_say))).pages]


def test_the_sheet_says_when_to_phone_what_to_say_and_to_whom() -> None:
    (words,) = pages([call(1), call(2)])
    for told in (
        "La Brassée jeudi 26 novembre",
        "Deux personnes à appeler",
        "Vous pouvez téléphoner : du lundi au vendredi, de 10 h à 13 h",
        "Couronnes de l’avent Samedi 28 novembre, 14 h 30. 35 €. 4 places sur 10.",
        "À dire : « Il reste quatre places samedi. »",
        "Mme Numéro 1 A dit oui à vos appels au comptoir le 14 mars. 06 39 98 00 01",
        "Ne plus appeler",
        "Gardez-la à l’abri des regards. Page 1 sur 1",
    ):
        assert told in words


def test_what_everybody_is_told_is_said_once() -> None:
    (words,) = pages([call(n) for n in range(4)])
    assert words.count("Il reste quatre places samedi.") == 1
    assert words.count(WREATHS) == 1


def test_a_line_of_one_s_own_is_in_the_row() -> None:
    (words,) = pages([call(1), call(2, line="La couronne rouge est arrivée.")])
    assert words.count("À dire : « Il reste quatre places samedi. »") == 1
    assert words.count("À dire : « La couronne rouge est arrivée. »") == 1


def test_two_announcements_for_one_number_make_one_row() -> None:
    calls = [call(1), call(1, title="Le Japon en cinq whiskys", line="Vendredi.", alcohol=True)]
    (words,) = pages(calls, [item(), whisky()])
    assert "Une personne à appeler" in words
    assert words.count("06 39 98 00 01") == 1
    assert "Couronnes de l’avent. Le Japon en cinq whiskys. A dit oui" in words


def test_sixty_rows_are_whole_numbered_and_under_their_heading() -> None:
    sheets = pages([call(n) for n in range(60)])
    assert "60 personnes à appeler" in sheets[0]
    assert len(sheets) > 3
    for number, words in enumerate(sheets, 1):
        assert "N° Fait Personne Téléphone Ne plus appeler" in words
        assert f"Gardez-la à l’abri des regards. Page {number} sur {len(sheets)}" in words
    for n in range(60):
        (page,) = [words for words in sheets if f"{n + 1} Mme Numéro {n} A dit" in words]
        assert f"06 39 98 {n // 100:02d} {n:02d}" in page


def test_the_health_sentence_is_on_every_page_of_a_list_with_alcohol() -> None:
    calls = [call(n, title="Le Japon en cinq whiskys", alcohol=True) for n in range(30)]
    sheets = pages(calls, [whisky()])
    assert f"Le Japon en cinq whiskys {HEALTH}" in sheets[0]
    assert all(HEALTH in words for words in sheets)
    assert HEALTH not in pages([call()])[0]


def test_an_announcement_missing_from_the_top_is_told_in_its_row() -> None:
    (words,) = pages([call(1, title="Un saké rare", alcohol=True)])
    assert f"Un saké rare. {HEALTH} À dire" in words


def test_a_list_without_anybody_says_so() -> None:
    (words,) = pages([])
    assert "Personne à appeler" in words
    assert "N°" not in words


def test_a_number_that_is_not_french_or_not_a_number_is_left_readable() -> None:
    (words,) = pages([call(1, phone="+3225550123"), call(2, phone="au magasin")])
    assert "+32 2 555 01 23" in words
    assert "au magasin" in words


def test_typed_markup_stays_text() -> None:
    (words,) = pages([call(1, name=NASTY, reason=NASTY, line=NASTY)], [item(title=NASTY)])
    assert words.count('#panic("x") *gras* $x$') == 4


def test_long_names_and_other_scripts_stay_on_the_sheet() -> None:
    (words,) = pages([call(1, name="Wolfe" * 60 + " 🎄 שלום")])
    assert words.replace(" ", "").count("Wolfe") == 60


def test_the_same_calls_give_the_same_bytes() -> None:
    assert printed([call()]) == printed([call()])
