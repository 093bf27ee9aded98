import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from parvis.delivery.channels.letter import HEALTH, Letter
from parvis.delivery.channels.paper.channel import MAX_ITEMS, print_sheet
from tests.delivery.channels.channel_samples import NASTY, flat, item, jpeg, letter, whisky


def read(made: Letter, photos: dict[str, Path] | None = None) -> PdfReader:
    return PdfReader(io.BytesIO(print_sheet(made, photos=photos or {})))


def outside(made: Letter) -> str:
    return flat(read(made).pages[0].extract_text())


def inside(made: Letter) -> str:
    return flat(" ".join(page.extract_text() for page in read(made).pages[1:]))


def sizes(made: Letter) -> set[int]:
    """The sizes of type inside, in points."""
    found: set[int] = set()

    def see(text: str, _cm: object, _tm: object, _font: object, size: float) -> None:
        if text.strip():
            found.add(round(size))

    read(made).pages[1].extract_text(visitor_text=see)
    return found


def test_the_inside_tells_each_announcement_with_its_reason_and_its_telephone() -> None:
    made = letter(item(), whisky())
    words = inside(made)
    assert flat(made.greeting) in words
    for told in made.items:
        for key in ("title", "text", "when", "phone"):
            assert flat(told.get(key)) in words
        assert flat(told.facts) in words
        assert f"Pourquoi vous ? {told.get('reason')}" in words


def test_the_outside_tells_a_neighbour_nothing_but_the_address() -> None:
    words = outside(letter(item(), whisky()))
    assert "Mme Ferrand 12 rue des Merles 94440 Villecresnes" in words
    for secret in ("La Brassée", "Cave du Tilleul", "whisky", "Couronnes", "Vous aimez", "alcool"):
        assert secret not in words


def test_a_sheet_to_fetch_says_where() -> None:
    words = outside(letter(postal=(), pickup="à retirer chez La Brassée"))
    assert "Mme Ferrand À retirer chez La Brassée" in words


def test_a_reader_without_links_can_stop_on_paper() -> None:
    made = letter(item(), whisky())
    for choice in ("rapportez cette feuille", "Recevoir moins", "Tout arrêter", made.publisher, made.key):
        assert choice in outside(made)
    assert "cochez et rapportez cette feuille : La Brassée Cave du Tilleul" in inside(made)


def test_the_health_sentence_follows_the_title_of_alcohol_alone() -> None:
    words = inside(letter(item(), whisky()))
    assert words.count(HEALTH) == 1
    assert f"Le Japon en cinq whiskys {HEALTH}" in words


def test_four_announcements_keep_their_facts_in_the_close_setting() -> None:
    words = inside(letter(item(), whisky(), item(when=""), whisky()))
    assert words.count(HEALTH) == 2
    assert words.count("Samedi 28 novembre, 14 h 30. ") == 3


def test_the_sheet_is_tagged_french_and_titled() -> None:
    sheet = print_sheet(letter(), photos={})
    metadata = PdfReader(io.BytesIO(sheet)).metadata
    assert metadata is not None
    assert metadata.title == "Parvis du Plateau briard, jeudi 26\u00a0novembre"
    assert b"/Lang(fr-FR)" in sheet
    assert b"/Marked true" in sheet
    assert b"<pdfuaid:part>1</pdfuaid:part>" in sheet


def test_usual_letters_take_one_leaf_of_a4() -> None:
    reader = read(letter(item(), whisky(), item(sender="Le Fournil des Sources")))
    assert len(reader.pages) == 2
    assert [round(float(side) / 72 * 25.4) for side in reader.pages[0].mediabox[2:]] == [210, 297]


def test_the_large_version_prints_larger() -> None:
    assert 14 in sizes(letter(item()))
    assert 18 in sizes(letter(item(), large_print=True))
    assert 14 not in sizes(letter(item(), large_print=True))


def test_pictures_are_printed_with_their_credit(tmp_path: Path) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(jpeg())
    reader = read(letter(item(photo="a"), item(photo="gone")), {"a": photo, "gone": tmp_path / "gone.jpg"})
    words = reader.pages[1].extract_text()
    assert words.count("Image de démonstration") == 1
    assert [image.image.size for image in reader.pages[1].images if image.image] == [(90, 60)]


def test_typed_markup_stays_text() -> None:
    made = letter(
        item(title=NASTY, text=NASTY, reason=NASTY, phone=NASTY[:20], photo_alt=NASTY),
        name=NASTY,
        publisher=NASTY,
        key=NASTY,
        postal=(NASTY,),
    )
    assert inside(made).count('#panic("x") *gras* $x$ @cle \\ <b>x</b>') == 4
    assert flat(NASTY).replace(" ", "") in outside(made).replace(" ", "")


def test_what_no_font_draws_never_stops_the_sheet() -> None:
    words = inside(letter(item(title="🎄 Noël 山崎 \u0000", text="שלום مرحبا Привет")))
    assert "Noël □□" in words
    assert "Привет" in words


def test_a_word_of_300_letters_stays_on_the_sheet() -> None:
    page = read(letter(item(title="x" * 300))).pages[1]
    lines = [line for line in page.extract_text().replace("\u200b", "").splitlines() if "xxx" in line]
    assert sum(line.count("x") for line in lines) == 300
    assert len(lines) > 3


def test_a_sixth_announcement_is_refused() -> None:
    with pytest.raises(ValueError, match="holds 5"):
        read(letter(*[item()] * (MAX_ITEMS + 1)))


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert print_sheet(letter(), photos={}) == print_sheet(letter(), photos={})
