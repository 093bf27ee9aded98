"""Which establishments the public directory may show while nobody has claimed them (decision 7)."""

from enum import StrEnum

from parvis.sirene.activities import Activity, Premises, Unknown, activity_of
from parvis.sirene.addresses import names_a_dwelling, street_name
from parvis.sirene.establishments import Establishment
from parvis.sirene.masking import OPEN

# INSEE keeps the SIRENs that begin with 1 or 2 for the State and local authorities.
_PUBLIC_SIRENS = ("1", "2")
# Legal categories of level one 7: "personne morale et organisme soumis au droit administratif".
_PUBLIC_LAW = "7"
_PUBLIC_ACTIVITIES = ("84", "851", "852", "853", "854")
_PROPERTY = ("4110", "681", "682", "6832B", "6832G", "642")
_UTILITIES = ("35", "36", "37", "38", "39")


class Reason(StrEnum):
    """Why an establishment is listed or not; exactly one holds, the first in this order. `ABSENT` is for whoever keeps
    what an earlier file said: no row says it."""

    ABSENT = "absent"
    CLOSED = "closed"
    PARTIAL_DIFFUSION = "partial_diffusion"
    PUBLIC_BODY = "public_body"
    NO_ACTIVITY = "no_activity"
    OLD_NOMENCLATURE = "old_nomenclature"
    UNKNOWN_ACTIVITY = "unknown_activity"
    PROPERTY_COMPANY = "property_company"
    UTILITY = "utility"
    NOT_A_TRADE = "not_a_trade"
    NO_PREMISES = "no_premises"
    AT_HOME = "at_home"
    NO_ADDRESS = "no_address"
    LISTED = "listed"

    @property
    def sentence(self) -> str:
        return _SENTENCES[self]


_SENTENCES = {
    Reason.ABSENT: "Le registre ne le donne plus dans ces communes.",
    Reason.CLOSED: "L’établissement est fermé.",
    Reason.PARTIAL_DIFFUSION: "La personne s’est opposée à la diffusion de ses données : rien n’est montré.",
    Reason.PUBLIC_BODY: "C’est un service public, pas un commerce.",
    Reason.NO_ACTIVITY: "Le registre ne dit pas son activité.",
    Reason.OLD_NOMENCLATURE: "Son activité est codée dans une ancienne nomenclature, qui ne se lit plus.",
    Reason.UNKNOWN_ACTIVITY: "Son code d’activité n’existe pas dans la nomenclature.",
    Reason.PROPERTY_COMPANY: "C’est une société qui détient ou loue des biens, sans accueil du public.",
    Reason.UTILITY: "C’est un réseau d’énergie, d’eau ou de déchets, sans accueil du public.",
    Reason.NOT_A_TRADE: "Son activité n’est pas un commerce ouvert au public.",
    Reason.NO_PREMISES: "L’activité s’exerce sur les marchés, à distance ou chez le client, sans boutique.",
    Reason.AT_HOME: "Rien ne montre une boutique : c’est peut-être le domicile de la personne.",
    Reason.NO_ADDRESS: "Le registre ne donne pas de rue.",
    Reason.LISTED: "C’est un commerce ouvert au public.",
}
_UNREADABLE = {
    Unknown.MISSING: Reason.NO_ACTIVITY,
    Unknown.OLD_NOMENCLATURE: Reason.OLD_NOMENCLATURE,
    Unknown.UNKNOWN_CODE: Reason.UNKNOWN_ACTIVITY,
}


def listed(establishment: Establishment) -> tuple[bool, Reason]:
    """Whether an unclaimed establishment may be shown, and why."""
    reason = _reason(establishment)
    return reason is Reason.LISTED, reason


def _reason(establishment: Establishment) -> Reason:
    if not establishment.active:
        return Reason.CLOSED
    if establishment.diffusion != OPEN:
        return Reason.PARTIAL_DIFFUSION
    if establishment.siren.startswith(_PUBLIC_SIRENS) or establishment.legal_category.startswith(_PUBLIC_LAW):
        return Reason.PUBLIC_BODY
    activity = activity_of(establishment.activity, establishment.nomenclature, establishment.activity_2025)
    if isinstance(activity, Unknown):
        return _UNREADABLE[activity]
    return _of_the_activity(activity) or _of_the_place(establishment, activity)


def _of_the_activity(activity: Activity) -> Reason | None:
    if activity.category is not None:
        return None if activity.open_to_public else Reason.NO_PREMISES
    kinds = (
        (_PUBLIC_ACTIVITIES, Reason.PUBLIC_BODY),
        (_PROPERTY, Reason.PROPERTY_COMPANY),
        (_UTILITIES, Reason.UTILITY),
    )
    return next((reason for codes, reason in kinds if activity.code.startswith(codes)), Reason.NOT_A_TRADE)


def _of_the_place(establishment: Establishment, activity: Activity) -> Reason:
    """A sole trader's home must not become public: strict when the register gives no proof of a shop."""
    named = bool(establishment.signs or establishment.trade_name)
    proven = named or not establishment.may_be_natural_person
    if not proven and (activity.premises is Premises.EVIDENCE or names_a_dwelling(establishment)):
        return Reason.AT_HOME
    return Reason.LISTED if street_name(establishment) else Reason.NO_ADDRESS
