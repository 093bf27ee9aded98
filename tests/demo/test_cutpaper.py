import io
import xml.etree.ElementTree as ET

import pytest
from PIL import Image

from parvis.demo.cutpaper import PAPERS, SUBJECTS, draw, raster
from parvis.demo.cutpaper.paper import printed

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
