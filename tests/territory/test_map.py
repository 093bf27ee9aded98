import re

import pytest
from django.template.loader import render_to_string
from pytest_django import Settings

from parvis.core.actors import SYSTEM
from parvis.territory.actions import create_territory
from parvis.territory.models import Territory
from parvis.territory.queries import TerritoryMap, absolute, address_of, territory_map

pytestmark = pytest.mark.django_db
PLATEAU = ("94075", "94070", "94047", "94048", "94056", "91631")


def mapped(*codes: str, counts: dict[str, int] | None = None) -> TerritoryMap:
    territory = create_territory(slug="t", name="Plateau", of_name="du Plateau", insee_codes=codes, by=SYSTEM)
    return territory_map(territory, territory.communes.all(), counts)


def drawn(*codes: str, counts: dict[str, int] | None = None) -> str:
    return render_to_string("territory/map.html", {"map": mapped(*codes, counts=counts)})


def test_the_map_draws_names_and_links_each_commune() -> None:
    svg = drawn("94075", "94070")
    assert svg.count("<path") == 2
    assert ">Villecresnes</tspan>" in svg
    assert 'href="/communes/santeny/"' in svg


def test_each_commune_bears_its_number_and_none_is_a_zero() -> None:
    svg = drawn("94075", "94070", counts={"94075": 34})
    assert re.findall(r'map__number"[^>]*>(\d+)<', svg) == ["0", "34"]
    assert "map__number" not in drawn("94075", "94070")


def test_the_map_is_for_the_eyes_alone_and_holds_no_stop_of_the_keyboard() -> None:
    svg = drawn("94075", "94070")
    assert 'aria-hidden="true"' in svg
    assert svg.count('tabindex="-1"') == svg.count("<a ") == 2


def test_numbers_keep_their_point_in_a_french_page() -> None:
    svg = drawn("94075", "94070")
    assert 'x="' in svg
    assert "," not in svg


def test_nothing_inline_that_the_security_policy_would_refuse() -> None:
    svg = drawn("94075")
    assert "style=" not in svg
    assert "<script" not in svg


def test_communes_without_contour_are_left_out_of_the_drawing() -> None:
    svg = drawn("94075", "97611")
    assert svg.count("<path") == 1
    assert "Mamoudzou" not in svg


def test_a_territory_without_any_contour_has_no_map() -> None:
    assert "<svg" not in drawn("97611")


def test_a_long_name_takes_several_lines_rather_than_small_letters() -> None:
    names = {commune.name: commune for commune in mapped(*PLATEAU, counts={}).communes}
    assert [line.text for line in names["Mandres-les-Roses"].lines] == ["Mandres-", "les-Roses"]
    assert [line.text for line in names["Villecresnes"].lines] == ["Villecresnes"]
    assert all(commune.size >= 11 for commune in names.values())


@pytest.mark.parametrize(
    ("host", "base", "home", "page"),
    [
        ("", "http://localhost:8000", "http://localhost:8000/t/val/", "http://localhost:8000/t/val/agenda/"),
        ("val.example", "http://localhost:8000", "http://val.example:8000/", "http://val.example:8000/agenda/"),
        ("val.example", "https://parvis.example", "https://val.example/", "https://val.example/agenda/"),
    ],
)
def test_a_territory_has_one_address(host: str, base: str, home: str, page: str, settings: Settings) -> None:
    settings.BASE_URL = base
    territory = Territory(slug="val", name="Val", of_name="du Val", host=host)
    assert address_of(territory) == home
    assert absolute(territory, "/t/val/agenda/") == page
