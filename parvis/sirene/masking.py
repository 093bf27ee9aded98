"""Partial diffusion: what may not be shown of an establishment whose holder objected.

Source: rule 16 (Code de commerce, R123-232-1). With `statutDiffusion = P`: never publish the name, address or
postcode of a natural person, never prospect them, never re-identify by joining another source. The status
decides, not the literal `[ND]`: rows exist with the status P and a name in clear. Commune and activity stay.
"""

from dataclasses import replace

from parvis.sirene.establishments import Establishment

OPEN = "O"
PARTIAL = "P"


def status(value: str) -> str:
    """ "O" only when the register says so: any other value, even an unknown one, is partial."""
    return OPEN if value == OPEN else PARTIAL


def mask(establishment: Establishment) -> Establishment:
    """The establishment without what its diffusion forbids; the same object when it is open.

    A legal person keeps its names. Without a known legal category it is treated as a natural person.
    """
    if establishment.diffusion == OPEN:
        return establishment
    placeless = replace(
        establishment,
        diffusion=PARTIAL,
        complement="",
        number="",
        repetition="",
        street_type="",
        street="",
        postcode="",
        easting=None,
        northing=None,
    )
    if not establishment.may_be_natural_person:
        return placeless
    return replace(placeless, signs=(), trade_name="", unit_name="", unit_acronym="")
