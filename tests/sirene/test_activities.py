import re

import pytest

from parvis.sirene.activities import (
    NAF_2025,
    REV2,
    Activity,
    Premises,
    Unknown,
    _activities,
    activity_of,
    categories,
)


def known(code: str, nomenclature: str = REV2, code_2025: str = "") -> Activity:
    activity = activity_of(code, nomenclature, code_2025)
    assert isinstance(activity, Activity)
    return activity


@pytest.mark.parametrize(
    ("code", "category", "group"),
    [
        ("10.71C", "Boulangerie", "Alimentation"),
        ("47.76Z", "Fleuriste", "Maison et jardin"),
        ("47.25Z", "Caviste", "Alimentation"),
        ("47.11B", "Épicerie", "Alimentation"),
        ("56.10A", "Restaurant", "Restaurants et cafés"),
        ("96.02A", "Salon de coiffure", "Beauté et bien-être"),
        ("45.20A", "Garage", "Auto et deux-roues"),
        ("47.89Z", "Étal de marché", "Marchés et vente sans boutique"),
    ],
)
def test_a_trade_has_a_french_category_in_a_group(code: str, category: str, group: str) -> None:
    found = known(code).category
    assert found is not None
    assert (found.singular, found.group_label) == (category, group)


@pytest.mark.parametrize("code", ["68.20B", "84.11Z", "64.20Z", "35.14Z", "85.20Z", "70.10Z", "46.34Z", "86.21Z"])
def test_property_utilities_holdings_schools_and_wholesale_are_not_open_to_the_public(code: str) -> None:
    assert known(code).category is None
    assert not known(code).open_to_public


@pytest.mark.parametrize("code", ["47.81Z", "47.89Z", "47.91B", "47.99A", "43.99C", "49.32Z"])
def test_markets_distance_selling_and_building_crafts_have_a_name_but_no_premises(code: str) -> None:
    assert known(code).category is not None
    assert known(code).premises is Premises.NONE


@pytest.mark.parametrize("nomenclature", ["NAP", "NAF1993", "NAFRev1", "", "NAFRev3"])
def test_a_code_of_another_nomenclature_is_never_read_as_rev2(nomenclature: str) -> None:
    assert activity_of("52.2E", nomenclature) is Unknown.OLD_NOMENCLATURE
    assert activity_of("47.76Z", nomenclature) is Unknown.OLD_NOMENCLATURE


def test_a_missing_code_and_a_code_that_does_not_exist_have_their_reasons() -> None:
    assert activity_of("", REV2) is Unknown.MISSING
    assert activity_of("", "") is Unknown.MISSING
    assert activity_of("00.00Z", REV2) is Unknown.UNKNOWN_CODE


def test_the_rows_own_code_of_2025_serves_when_the_other_cannot_be_read() -> None:
    assert known("", "", "96.21H").premises is Premises.NONE
    assert known("52.2E", "NAF1993", "47.11G").category == categories()["epicerie"]
    assert known("47.76Y", NAF_2025).category == categories()["fleuriste"]
    assert known("10.71C", REV2, "84.11Y").nomenclature == REV2


def test_every_rev2_code_has_its_official_label() -> None:
    labels = {code: each.label for (nomenclature, code), each in _activities().items() if nomenclature == REV2}
    assert len(labels) == 732
    assert all(re.fullmatch(r"\d{4}[A-Z]", code) and label for code, label in labels.items())
    assert labels["1071C"] == "Boulangerie et boulangerie-pâtisserie"


def test_every_code_of_2025_has_its_official_label() -> None:
    labels = [each.label for (nomenclature, _), each in _activities().items() if nomenclature == NAF_2025]
    assert len(labels) == 747
    assert all(labels)


def test_every_category_is_used_and_written_once() -> None:
    used = {activity.category.slug for activity in _activities().values() if activity.category}
    assert used == set(categories())
    assert len({each.singular for each in categories().values()}) == len(categories())


def test_what_has_no_category_is_not_open_to_the_public() -> None:
    assert not [each.code for each in _activities().values() if each.category is None and each.open_to_public]
