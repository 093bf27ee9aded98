"""The consent columns of one line."""

import datetime as dt
from dataclasses import dataclass

from parvis.core.speech import say

from . import consent as words
from .cells import is_empty_word, one_line
from .dates import ONLY_A_YEAR, NotADate, past_event
from .lines import TOO_LONG, Line

MAX_SOURCE = 200
_BY_HEADING = {
    "consent_email": "email",
    "consent_sms": "sms",
    "consent_phone": "phone",
    "consent_post": "post",
}


@dataclass(slots=True)
class Answers:
    given: words.Consent
    on: dt.date | None = None
    preferred: str | None = None

    @property
    def source(self) -> str:
        return ", ".join(dict.fromkeys(self.given.sources))

    @property
    def refuses(self) -> bool:
        return self.given.refuses

    @property
    def doubtful(self) -> bool:
        return self.given.doubtful

    @property
    def channels(self) -> frozenset[str]:
        return frozenset() if self.given.refuses else frozenset(self.given.accepted - self.given.refused)


def read_answers(line: Line) -> Answers:
    """What is written; the caller decides what it is worth."""
    answers = Answers(words.Consent())
    answers.on = next(iter(line.dates("consent_on", past_event)), None)
    for field, heading, believed, text in line.cells_of("consent_source", "consent", *_BY_HEADING):
        if believed:
            _hear(line, answers, field, heading, one_line(text))
        else:
            answers.given.doubtful = True
    for _, heading, _, text in line.raw("opposition"):
        _oppose(answers.given, heading, text)
    for _, heading, _, text in line.raw("preferred_channel"):
        _prefer(line, answers, heading, text)
    if answers.given.contradicts:
        line.warn("", "", words.CONTRADICTION)
    return answers


def _hear(line: Line, answers: Answers, field: str, heading: str, text: str) -> None:
    channel, kind = _BY_HEADING.get(field), words.verdict(text)
    if kind == words.CHANNELS and field == "consent_source":
        kind = words.TEXT  # "mail" says there how the consent came, not what it is for
    if kind == words.NO:
        _refuse(line, answers.given, channel, heading, text)
    elif kind == words.YES:
        _accept(answers.given, channel)
    elif kind == words.DATE:
        _hear_date(line, answers, channel, heading, text)
    elif kind == words.CHANNELS and (channel is None or channel in words.channels_in(text)):
        answers.given.accepted |= words.channels_in(text) if channel is None else {channel}
    elif kind == words.TEXT and _is_source(field, text):
        _note_source(line, answers.given, channel, heading, text)
    elif words.is_no_yes(text):
        _doubt(line, answers.given, heading, text, words.DOUBT)
    elif kind != words.NOTHING:
        year = text.isdecimal() and len(text) == 4
        _doubt(line, answers.given, heading, text, ONLY_A_YEAR if year else words.DOUBT)


def _is_source(field: str, text: str) -> bool:
    """How a yes came. Under « Consentement » other words may as well be a refusal of a kind that nobody foresaw."""
    return (
        field == "consent_source" or words.starts_with_yes(text) or (field == "consent" and words.names_a_source(text))
    )


def _doubt(line: Line, given: words.Consent, heading: str, text: str, why: str) -> None:
    given.doubtful = True
    line.warn(heading, text, why)


def _accept(given: words.Consent, channel: str | None) -> None:
    if channel:
        given.accepted.add(channel)
    else:
        given.agrees = True


def _refuse(line: Line, given: words.Consent, channel: str | None, heading: str, text: str) -> None:
    if channel:
        given.refused.add(channel)
        return
    given.refuses = True
    if words.says_more_than_no(text):
        line.warn(heading, text, words.MIXED)


def _hear_date(line: Line, answers: Answers, channel: str | None, heading: str, text: str) -> None:
    try:
        day = past_event(words.date_in(text), line.today)
    except NotADate as error:
        line.warn(heading, text, error.sentence)
        return
    answers.on = answers.on or day
    _accept(answers.given, channel)


def _note_source(line: Line, given: words.Consent, channel: str | None, heading: str, text: str) -> None:
    if len(", ".join([*given.sources, text])) > MAX_SOURCE:
        line.warn(heading, text, say(TOO_LONG, limit=MAX_SOURCE))
        return
    given.sources.append(text)
    _accept(given, channel)


def _oppose(given: words.Consent, heading: str, text: str) -> None:
    """In a column such as "Stop SMS", anything but nothing or a no is a refusal."""
    if is_empty_word(text) or words.is_bare_no(text):
        return
    channels = words.channels_in(heading) or words.channels_in(text)
    given.refused |= channels
    given.refuses = given.refuses or not channels


def _prefer(line: Line, answers: Answers, heading: str, text: str) -> None:
    kind, channels = words.verdict(text), words.channels_in(text)
    if kind == words.NO:
        _refuse(line, answers.given, None, heading, text)
    elif words.is_no_yes(text):
        _doubt(line, answers.given, heading, text, words.DOUBT)
    elif len(channels) == 1:
        answers.preferred = answers.preferred or next(iter(channels))
    elif kind != words.NOTHING:
        line.warn(heading, text, words.NO_SUCH_CHANNEL)
