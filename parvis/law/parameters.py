"""French rules as dated parameters: one table, each line with its date in force, its source and its mark.

Marks: "s", read in a source in 2026; "k", common knowledge, for a lawyer to confirm before a public launch.
`rule` is the rule's number in the specification's list of twenty; those that hold neither a number nor an
exact sentence (3, 4, 5, 15, 16, 19) are code, not parameters.
"""

from dataclasses import dataclass
from datetime import date, time
from functools import cache
from typing import Any, Generic, Literal, TypeVar

from parvis.core.speech import mark

V = TypeVar("V")
Mark = Literal["s", "k"]


class Key(str, Generic[V]):
    """A parameter's name that remembers the type of its value: a typo fails in mypy, not at the door."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value in force from the day `since` on, until a later line with the same key."""

    key: Key[Any]
    rule: int
    value: Any
    since: date
    source: str
    mark: Mark
    note: str = ""


def at(key: Key[V], day: date) -> V:
    """The value in force on that day. Raises LookupError before the first line."""
    value: V = in_force(key, day).value
    return value


@cache
def in_force(key: Key[Any], day: date) -> Parameter:
    """The line in force on that day, with its source. Raises LookupError before the first."""
    started = [line for line in TABLE if line.key == key and line.since <= day]
    if not started:
        raise LookupError(f"{key}: nothing in force on {day.isoformat()}")
    return max(started, key=lambda line: line.since)


def first_day(key: Key[Any]) -> date:
    """The day from which the table speaks of that key."""
    return min(line.since for line in TABLE if line.key == key)


PROSPECT_YEARS: Key[int] = Key("prospect_years")
CONTACT_SIGNS: Key[tuple[str, ...]] = Key("contact_signs")
CUSTOMER_YEARS: Key[int] = Key("customer_years")
OBJECTION_YEARS: Key[int] = Key("objection_years")
CONSENT_PROOF: Key[tuple[str, ...]] = Key("consent_proof")
TRACKING_BY_DEFAULT: Key[bool] = Key("tracking_by_default")
SMS_OPENS: Key[time] = Key("sms_opens")
SMS_CLOSES: Key[time] = Key("sms_closes")
SMS_WEEKDAYS: Key[tuple[int, ...]] = Key("sms_weekdays")  # Monday is 0
SMS_STOP: Key[str] = Key("sms_stop")
SMS_LENGTH: Key[int] = Key("sms_length")
SMS_LENGTH_UNICODE: Key[int] = Key("sms_length_unicode")
CALL_NEEDS_CONSENT: Key[bool] = Key("call_needs_consent")
CALL_WEEKDAYS: Key[tuple[int, ...]] = Key("call_weekdays")
CALL_HOURS: Key[tuple[tuple[time, time], ...]] = Key("call_hours")  # [opens, closes[
CALLS_AT_MOST: Key[int] = Key("calls_at_most")
CALLS_WINDOW_DAYS: Key[int] = Key("calls_window_days")
CALL_SILENCE_DAYS: Key[int] = Key("call_silence_days")
ALCOHOL_AGE: Key[int] = Key("alcohol_age")
ALCOHOL_SENTENCE: Key[str] = Key("alcohol_sentence")
CHILD_IMAGE_AUTHORISATIONS: Key[int] = Key("child_image_authorisations")
ONLINE_CONSENT_AGE: Key[int] = Key("online_consent_age")
REPLY_REQUEST_MONTHS: Key[int] = Key("reply_request_months")
REPLY_PUBLISH_DAYS: Key[int] = Key("reply_publish_days")
REPLY_LINES: Key[int] = Key("reply_lines")
REPLY_ONLINE_DAYS: Key[int] = Key("reply_online_days")
LEGAL_NOTICE: Key[tuple[str, ...]] = Key("legal_notice")
COMMENT_IDENTITY_YEARS: Key[int] = Key("comment_identity_years")
ACCESSIBILITY: Key[str] = Key("accessibility")
PHOTO_STATEMENT: Key[str] = Key("photo_statement")
OFFER_PRICE_DAYS: Key[int] = Key("offer_price_days")
BOOKING_MONTHS: Key[int] = Key("booking_months")

_CNIL_SALES = "CNIL, délibération 2021-131 du 23/09/2021 (référentiel Gestion commerciale)"
_CNIL_SALES_DAY = date(2021, 9, 23)
_GDPR_DAY = date(2018, 5, 25)
_SMS = "CPCE L34-5 et règles des opérateurs sur les SMS publicitaires (AF2M)"
_SMS_DAY = date(2004, 6, 22)
_SMS_NOTE = "The day of the operators' rule is not known: the day of the opt-in law stands for it."
_CALLS = "Code de la consommation D223-9 (décret 2022-1313 du 13/10/2022)"
_CALLS_DAY = date(2023, 3, 1)
_REPLY = "LCEN, droit de réponse en ligne ; décret 2007-1527 du 24/10/2007"
_REPLY_DAY = date(2007, 10, 26)
_CSP_DAY = date(2000, 6, 22)

TABLE: tuple[Parameter, ...] = (
    Parameter(PROSPECT_YEARS, 1, 3, _CNIL_SALES_DAY, _CNIL_SALES, "s", "From collection or last contact."),
    Parameter(
        CONTACT_SIGNS,
        1,
        ("click", "reply"),
        _CNIL_SALES_DAY,
        _CNIL_SALES,
        "s",
        "Opening a message is not a contact.",
    ),
    Parameter(CUSTOMER_YEARS, 1, 3, _CNIL_SALES_DAY, _CNIL_SALES, "s", "After the relation ends."),
    Parameter(OBJECTION_YEARS, 1, 3, _CNIL_SALES_DAY, _CNIL_SALES, "s", "At least; as a keyed hash."),
    Parameter(
        CONSENT_PROOF,
        2,
        ("person", "sender", "at", "channel", "purpose", "wording", "source", "noted_by"),
        _GDPR_DAY,
        "RGPD, art. 7(1)",
        "k",
        "The IP address is never required.",
    ),
    Parameter(
        TRACKING_BY_DEFAULT,
        6,
        False,
        date(2026, 3, 12),
        "CNIL, délibération 2026-042 du 12/03/2026",
        "s",
        "No pixel and no tracked link without a consent of their own.",
    ),
    Parameter(SMS_OPENS, 7, time(8), _SMS_DAY, _SMS, "s", _SMS_NOTE),
    Parameter(SMS_CLOSES, 7, time(22), _SMS_DAY, _SMS, "s", _SMS_NOTE),
    Parameter(SMS_WEEKDAYS, 7, (0, 1, 2, 3, 4, 5), _SMS_DAY, _SMS, "s", "Nor on public holidays. " + _SMS_NOTE),
    Parameter(SMS_STOP, 7, "STOP au 36xxx", _SMS_DAY, _SMS, "s", "The operator gives the digits behind xxx."),
    Parameter(SMS_LENGTH, 7, 160, _SMS_DAY, "ETSI TS 123 038 (GSM 03.38)", "k", "STOP is counted in it."),
    Parameter(SMS_LENGTH_UNICODE, 7, 70, _SMS_DAY, "ETSI TS 123 038 (UCS-2)", "k", "STOP is counted in it."),
    Parameter(
        CALL_NEEDS_CONSENT,
        8,
        False,
        date(2016, 6, 1),
        "Code de la consommation L223-1 (loi 2014-344, Bloctel)",
        "k",
        "Before the opt-in; kept to explain older calls.",
    ),
    Parameter(
        CALL_NEEDS_CONSENT,
        8,
        True,
        date(2026, 8, 11),
        "Code de la consommation L223-1 (loi 2025-594 du 30/06/2025, art. 13)",
        "s",
        "A call-back that the person asked for is consented.",
    ),
    Parameter(CALL_WEEKDAYS, 8, (0, 1, 2, 3, 4), _CALLS_DAY, _CALLS, "s", "Nor on public holidays."),
    Parameter(
        CALL_HOURS,
        8,
        ((time(10), time(13)), (time(14), time(20))),
        _CALLS_DAY,
        _CALLS,
        "s",
        "On the consumer's clock.",
    ),
    Parameter(CALLS_AT_MOST, 8, 4, _CALLS_DAY, _CALLS, "s", "By one professional to one consumer."),
    Parameter(CALLS_WINDOW_DAYS, 8, 30, _CALLS_DAY, _CALLS, "s", "Calendar days."),
    Parameter(CALL_SILENCE_DAYS, 8, 60, _CALLS_DAY, _CALLS, "s", "Full calendar days after the day of refusal."),
    Parameter(ALCOHOL_AGE, 9, 18, _CSP_DAY, "Code de la santé publique L3342-1", "s"),
    Parameter(
        ALCOHOL_SENTENCE,
        9,
        "L’abus d’alcool est dangereux pour la santé, à consommer avec modération.",
        _CSP_DAY,
        "Code de la santé publique L3323-4",
        "s",
        "On every medium, poster and SMS included.",
    ),
    Parameter(
        CHILD_IMAGE_AUTHORISATIONS,
        10,
        2,
        date(2024, 2, 21),
        "Loi 2024-120 du 19/02/2024 (Code civil, art. 372-1)",
        "s",
        "Both parents, for each use, revocable; the child is associated according to age.",
    ),
    Parameter(ONLINE_CONSENT_AGE, 10, 15, _GDPR_DAY, "RGPD, art. 8 ; loi Informatique et Libertés, art. 45", "k"),
    Parameter(REPLY_REQUEST_MONTHS, 11, 3, _REPLY_DAY, _REPLY, "s", "After publication."),
    Parameter(REPLY_PUBLISH_DAYS, 11, 3, _REPLY_DAY, _REPLY, "s", "After the request is received."),
    Parameter(REPLY_LINES, 11, 200, _REPLY_DAY, _REPLY, "s", "And at most the length of the article."),
    Parameter(REPLY_ONLINE_DAYS, 11, 1, _REPLY_DAY, _REPLY, "s", "At least; else as long as the article."),
    Parameter(
        LEGAL_NOTICE,
        12,
        ("publisher", "registration", "publication_director", "host_name", "host_address", "host_phone"),
        date(2004, 6, 22),
        "LCEN (loi 2004-575 du 21/06/2004)",
        "s",
        "On a shop window the shop is its own publisher.",
    ),
    Parameter(
        COMMENT_IDENTITY_YEARS,
        13,
        1,
        date(2021, 10, 21),
        "LCEN ; décret 2021-1362 du 20/10/2021",
        "k",
        "The specification marks it s/k: the more careful mark stands.",
    ),
    Parameter(
        ACCESSIBILITY,
        14,
        mark("RGAA 4.1, niveau AA"),
        date(2021, 2, 18),
        "RGAA 4.1 (WCAG 2.1 AA) ; loi 2005-102, art. 47",
        "s",
        "With a public accessibility statement.",
    ),
    Parameter(
        PHOTO_STATEMENT,
        17,
        mark("Seulement des photos que vous avez prises vous-même, ou libres de tous droits."),
        date(1992, 7, 3),
        "Code de la propriété intellectuelle L111-1 et L122-4",
        "k",
        "Stored with the author's name, who stated it and when; places are removed from the file.",
    ),
    Parameter(
        OFFER_PRICE_DAYS,
        18,
        30,
        date(2022, 5, 28),
        "Code de la consommation L112-1-1",
        "k",
        "The lowest price of these days is stated beside the reduced one.",
    ),
    Parameter(
        BOOKING_MONTHS,
        20,
        12,
        _GDPR_DAY,
        "RGPD, art. 5(1)(e) ; durée choisie par Parvis",
        "k",
        "After the session; kept as counts.",
    ),
)
