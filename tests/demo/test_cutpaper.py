import io
import xml.etree.ElementTree as ET

import pytest
from PIL import Image

from parvis.demo.cutpaper import GOODS, PAPERS, SUBJECTS, draw, draw_facade, raster
from parvis.demo.cutpaper.lettering import letters
from parvis.demo.cutpaper.paper import Sheet, printed
from parvis.demo.places import PLACES

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_same_seed_draws_the_same_picture(subject: str) -> None:
    assert draw(subject, seed=7, ground="or") == draw(subject, seed=7, ground="or")


@pytest.mark.parametrize("subject", SUBJECTS)
def test_another_seed_draws_another_picture(subject: str) -> None:
    assert draw(subject, seed=7, ground="or") != draw(subject, seed=8, ground="or")


@pytest.mark.parametrize("ground", PAPERS)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_picture_is_made_of_cut_pieces_alone_on_its_own_paper(subject: str, ground: str) -> None:
    picture = ET.fromstring(draw(subject, seed=1, ground=ground))
    assert picture.get("viewBox") == "0 0 1200 800"
    assert {piece.tag for piece in picture} == {f"{SVG}path"}
    assert picture[0].get("fill") == PAPERS[ground]
    assert len(picture) > 30


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_shadow_is_of_the_piece_that_follows_it(subject: str) -> None:
    pieces = list(ET.fromstring(draw(subject, seed=3, ground="ciel")))
    shadows = [i for i, piece in enumerate(pieces) if piece.get("fill-opacity")]
    assert shadows
    assert all(pieces[i].get("d") == pieces[i + 1].get("d") for i in shadows)


def test_a_thin_coat_of_ink_lies_between_the_paper_and_the_ink() -> None:
    assert printed("#FFD23F", "#B4123A", 0) == "#FFD23F"
    assert printed("#FFD23F", "#B4123A", 1) == "#B4123A"
    assert printed("#FF0000", "#0000FF", 0.4) == "#990066"


def test_an_unknown_subject_or_paper_is_said_at_once() -> None:
    with pytest.raises(KeyError, match="licorne"):
        draw("licorne", seed=1, ground="or")
    with pytest.raises(KeyError, match="kraft"):
        draw("tea", seed=1, ground="kraft")


def test_the_png_has_the_asked_width_the_same_shape_and_the_same_paper() -> None:
    picture = Image.open(io.BytesIO(raster(draw("wreath", seed=1, ground="or"), 300)))
    assert (picture.format, picture.size) == ("PNG", (300, 200))
    assert picture.convert("RGB").getpixel((3, 3)) == (0xFF, 0xD2, 0x3F)


def test_the_shadows_survive_in_the_png() -> None:
    svg = draw("tea", seed=1, ground="tilleul")
    flat = svg.replace('fill-opacity=".2"', 'fill-opacity="0"')
    assert raster(svg, 300) != raster(flat, 300)


def test_the_square_is_the_middle_of_the_whole_picture() -> None:
    whole, square = (draw("books", seed=2, ground="ciel", square=square) for square in (False, True))
    assert ET.fromstring(square).get("viewBox") == "200 0 800 800"
    assert whole.split(">", 1)[1] == square.split(">", 1)[1]
    assert Image.open(io.BytesIO(raster(square, 96))).size == (96, 96)


def front(name: str = "La Brassée", goods: str = "bouquet", seed: int = 4, ground: str = "rose") -> str:
    return draw_facade(name, goods=goods, seed=seed, ground=ground)


@pytest.mark.parametrize("goods", GOODS)
def test_a_shop_front_is_made_of_cut_pieces_on_its_own_paper_and_is_always_the_same(goods: str) -> None:
    for seed, ground in enumerate(PAPERS):
        picture = ET.fromstring(front(goods=goods, seed=seed, ground=ground))
        assert {piece.tag for piece in picture} == {f"{SVG}path"}
        assert picture[0].get("fill") == PAPERS[ground]
        assert len(picture) > 120
    assert front(goods=goods) == front(goods=goods)


def test_no_two_shops_of_a_trade_have_the_same_front() -> None:
    assert len({front(seed=seed) for seed in range(8)}) == 8
    assert front(name="La Brassée") != front(name="La Brossée")


def test_a_front_bears_its_name_in_letters_that_fit_its_sign() -> None:
    drawn, short = letters("La Brassée")
    assert len(drawn) == len("LaBrassée")
    _, long = letters("Pharmacie de la Mare aux Iris")
    assert 0 < short < long
    for name in ("Cœur", "L’Écaille et le Varech", "Pharmacie de la Mare aux Iris", "Ÿ" * 60):
        assert raster(front(name=name), 120)


def test_a_front_without_goods_that_we_know_is_said_at_once() -> None:
    with pytest.raises(KeyError, match="licornes"):
        front(goods="licornes")


def test_what_is_moved_is_drawn_elsewhere_with_its_shadow_and_the_rest_is_not() -> None:
    sheet = Sheet(seed="x", ground="or")
    with sheet.moved(100 + 50j, 0.5, 90):
        sheet.lay("M0 0H9Z", "#FFFFFF")
    sheet.print("M0 0H9Z", "#161A36")
    shadow, piece, after = (ET.fromstring(mark) for mark in sheet.marks)
    assert piece.get("transform") == "translate(100.0 50.0) scale(0.5) rotate(90)"
    assert str(shadow.get("transform")).startswith(str(piece.get("transform")))
    assert after.get("transform") is None


def test_every_front_of_the_demo_is_drawn() -> None:
    drawn = [front(place.name, place.goods, rank, place.paper) for rank, place in enumerate(PLACES)]
    assert len(set(drawn)) == len(PLACES)
