"""One card of a shop's file, as the shop reads it: what was said to it, nothing of what others know (decision 1)."""

from dataclasses import dataclass

from parvis.contacts.models import CustomerRecord
from parvis.contacts.queries import RightTold, rights_told
from parvis.contacts.rules import Channel, Source, Standing
from parvis.core.speech import mark, say
from parvis.core.typography import full_date

_WHERE = {
    Source.WEB: mark("sur le site"),
    Source.COUNTER: mark("de vive voix"),
    Source.PAPER: mark("sur une carte en papier"),
    Source.FILE: mark("noté dans votre fichier"),
}


@dataclass(frozen=True, slots=True)
class Right:
    """What this shop may send on one channel, and by which right."""

    channel: Channel
    how: str
    granted: bool  # a yes that can be taken back
    wording: str


def rights_of(record: CustomerRecord) -> list[Right]:
    """The channels on which something was said."""
    return [_right(told, record) for told in rights_told(record)]


def _right(told: RightTold, record: CustomerRecord) -> Right:
    event = told.event
    wording = event.wording.text.replace("{sender}", record.organisation.name) if event.wording else ""
    return Right(Channel(event.channel), _how(told), event.granted, wording)


def _how(told: RightTold) -> str:
    """Why a yes runs no more is not told: it may be something that the person said to all (decision 1)."""
    day = full_date(told.since)
    if told.state is Standing.NO:
        return say("A dit non le {day}", day=day)
    if told.state is Standing.SALE:
        return say("Peut recevoir vos annonces, parce qu’elle ou il a acheté chez vous le {day}", day=day)
    if told.state is Standing.YES:
        where, words = say(_WHERE[Source(told.event.source)]), told.event.source_text
        if words:
            return say("A dit oui le {day}, {where}, «\u00a0{words}\u00a0»", day=day, where=where, words=words)
        return say("A dit oui le {day}, {where}", day=day, where=where)
    if told.state is Standing.SALE_OVER:
        return say("Son achat du {day} ne vaut plus\u00a0: redemandez-lui", day=day)
    return say("Son oui du {day} ne vaut plus\u00a0: redemandez-lui", day=day)
