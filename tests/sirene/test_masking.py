from dataclasses import fields, replace

from hypothesis import given
from hypothesis import strategies as st

from parvis.sirene.addresses import street_line
from parvis.sirene.establishments import Establishment
from parvis.sirene.listing import Reason, listed
from parvis.sirene.masking import mask, status
from parvis.sirene.naming import display_name

# Words that nothing else of an establishment can contain.
secrets = st.integers(min_value=0).map(lambda n: f"SECRET{n}")
metres = st.floats(min_value=1, max_value=9e6)
ADDRESS = ("complement", "number", "repetition", "street_type", "street", "postcode")
NAMES = ("trade_name", "unit_name", "unit_acronym")


@st.composite
def establishments(draw: st.DrawFn) -> Establishment:
    establishment = Establishment(
        siret="91234567200010",
        diffusion=draw(st.sampled_from(["O", "P", "N", "", "[ND]"])),
        commune="94075",
        active=draw(st.booleans()),
        activity=draw(st.sampled_from(["10.71C", "47.76Z", "96.02A", "70.3C", ""])),
        nomenclature=draw(st.sampled_from(["NAFRev2", "NAF1993"])),
        commune_label="VILLECRESNES",
        signs=tuple(draw(st.lists(secrets, max_size=3))),
        easting=draw(metres),
        northing=draw(metres),
        legal_category=draw(st.sampled_from(["", "1000", "5499", "9220"])),
    )
    for name in (*ADDRESS, *NAMES):
        setattr(establishment, name, draw(secrets))
    return establishment


hidden = establishments().filter(lambda each: each.diffusion != "O")


@given(hidden.filter(lambda each: each.may_be_natural_person))
def test_nothing_secret_of_a_person_survives_in_any_field(establishment: Establishment) -> None:
    masked = mask(establishment)
    assert "SECRET" not in repr(masked)
    assert masked.easting is None
    assert masked.northing is None


@given(hidden.filter(lambda each: not each.may_be_natural_person))
def test_a_company_loses_its_address_and_keeps_its_names(establishment: Establishment) -> None:
    masked = mask(establishment)
    assert [getattr(masked, name) for name in ADDRESS] == [""] * len(ADDRESS)
    assert (masked.easting, masked.northing) == (None, None)
    assert [getattr(masked, name) for name in NAMES] == [getattr(establishment, name) for name in NAMES]
    assert masked.signs == establishment.signs


@given(hidden)
def test_commune_and_activity_stay_public(establishment: Establishment) -> None:
    masked = mask(establishment)
    for name in ("siret", "commune", "commune_label", "activity", "nomenclature", "active"):
        assert getattr(masked, name) == getattr(establishment, name)
    assert masked.diffusion == "P"


@given(hidden)
def test_masking_twice_changes_nothing(establishment: Establishment) -> None:
    assert mask(mask(establishment)) == mask(establishment)


@given(hidden)
def test_a_partial_establishment_is_never_listed(establishment: Establishment) -> None:
    for each in (establishment, mask(establishment)):
        expected = Reason.PARTIAL_DIFFUSION if each.active else Reason.CLOSED
        assert listed(each) == (False, expected)


@given(hidden.filter(lambda each: each.may_be_natural_person))
def test_what_is_shown_of_a_masked_person_is_trade_and_commune(establishment: Establishment) -> None:
    masked = mask(establishment)
    assert street_line(masked) == ""
    assert display_name(masked).text.endswith(" à Villecresnes")


@given(establishments().filter(lambda each: each.diffusion == "O"))
def test_an_open_establishment_is_left_alone(establishment: Establishment) -> None:
    assert mask(establishment) is establishment


def test_only_the_open_status_is_open() -> None:
    assert [status(each) for each in ("O", "P", "N", "", "[ND]", "o")] == ["O", "P", "P", "P", "P", "P"]


def test_a_field_added_later_must_be_looked_at_here() -> None:
    looked_at = {*ADDRESS, *NAMES, "signs", "easting", "northing"}
    public = {
        "siret", "diffusion", "commune", "active", "activity", "nomenclature", "created", "since",
        "head_office", "employer", "commune_label", "activity_2025", "legal_category",
    }  # fmt: skip
    assert {each.name for each in fields(Establishment)} == looked_at | public


def test_the_status_decides_not_the_literal() -> None:
    clear = Establishment("91234567200010", "P", "94075", True, signs=("A LA BONNE MIE",), trade_name="[ND]")
    assert mask(clear).signs == ()
    assert mask(replace(clear, diffusion="O")).signs == ("A LA BONNE MIE",)
