from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.sirene.establishments import Establishment
from parvis.sirene.listing import Reason, listed

BAKERY = Establishment(
    siret="91234567200010",
    diffusion="O",
    commune="94075",
    active=True,
    activity="10.71C",
    nomenclature="NAFRev2",
    number="4",
    street_type="RUE",
    street="DU LAVOIR",
)
HAIRDRESSER = replace(BAKERY, activity="96.02A")


def test_an_open_shop_with_a_street_is_listed() -> None:
    assert listed(BAKERY) == (True, Reason.LISTED)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"active": False}, Reason.CLOSED),
        ({"diffusion": "P"}, Reason.PARTIAL_DIFFUSION),
        ({"siret": "21940075000016"}, Reason.PUBLIC_BODY),
        ({"legal_category": "7210"}, Reason.PUBLIC_BODY),
        ({"activity": "85.20Z"}, Reason.PUBLIC_BODY),
        ({"activity": "84.11Z"}, Reason.PUBLIC_BODY),
        ({"activity": ""}, Reason.NO_ACTIVITY),
        ({"activity": "52.2E", "nomenclature": "NAF1993"}, Reason.OLD_NOMENCLATURE),
        ({"activity": "99.99X"}, Reason.UNKNOWN_ACTIVITY),
        ({"activity": "68.20B"}, Reason.PROPERTY_COMPANY),
        ({"activity": "64.20Z"}, Reason.PROPERTY_COMPANY),
        ({"activity": "35.14Z"}, Reason.UTILITY),
        ({"activity": "62.01Z"}, Reason.NOT_A_TRADE),
        ({"activity": "47.89Z"}, Reason.NO_PREMISES),
        ({"activity": "47.91B", "signs": ("TOUT EN LIGNE",)}, Reason.NO_PREMISES),
        ({"activity": "96.02A"}, Reason.AT_HOME),
        ({"complement": "CHEZ MME X"}, Reason.AT_HOME),
        ({"complement": "APPT 12"}, Reason.AT_HOME),
        ({"street": ""}, Reason.NO_ADDRESS),
        ({"street": "BP 70", "street_type": ""}, Reason.NO_ADDRESS),
    ],
)
def test_each_reason_keeps_an_establishment_off_the_directory(changes: dict[str, Any], reason: Reason) -> None:
    assert listed(replace(BAKERY, **changes)) == (False, reason)


@pytest.mark.parametrize("proof", [{"signs": ("L’ATELIER",)}, {"trade_name": "L’ATELIER"}, {"legal_category": "5499"}])
def test_a_trade_that_may_be_done_at_home_is_listed_when_something_shows_a_shop(
    proof: dict[str, Any],
) -> None:
    assert listed(replace(HAIRDRESSER, **proof)) == (True, Reason.LISTED)


def test_a_natural_person_without_sign_stays_at_home() -> None:
    assert listed(replace(HAIRDRESSER, legal_category="1000"))[1] is Reason.AT_HOME


@given(
    st.builds(
        Establishment,
        siret=st.from_regex(r"[0-9]{14}", fullmatch=True),
        diffusion=st.sampled_from("OP"),
        commune=st.just("94075"),
        active=st.booleans(),
        activity=st.sampled_from(["10.71C", "96.02A", "47.89Z", "68.20A", "84.11Z", "36.00Z", "x", ""]),
        nomenclature=st.sampled_from(["NAFRev2", "NAP"]),
        street=st.sampled_from(["", "DU LAVOIR"]),
        legal_category=st.sampled_from(["", "1000", "5499", "7210"]),
    )
)
def test_whatever_the_row_there_is_one_reason_with_a_sentence(establishment: Establishment) -> None:
    shown, reason = listed(establishment)
    assert shown is (reason is Reason.LISTED)
    assert reason.sentence.endswith(".")
    if shown:
        assert establishment.active
        assert establishment.diffusion == "O"


def test_every_reason_has_a_sentence_of_its_own() -> None:
    assert len({reason.sentence for reason in Reason}) == len(Reason)
