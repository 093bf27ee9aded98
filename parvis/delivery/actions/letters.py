"""From rows to what the person holds: fills a channel's dataclasses and hands them over. In French, even where
whoever's request prints a list anew reads English."""

from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac

from parvis.accounts.models import Organisation
from parvis.core import clock
from parvis.core.speech import FRENCH
from parvis.law.rules import call_hours_fr
from parvis.photos.queries import photo_path
from parvis.territory.models import Territory
from parvis.territory.queries import absolute

from ..channels.email.channel import compose
from ..channels.letter import Item, Letter, week_line
from ..channels.paper.channel import print_sheet
from ..channels.phone.channel import Call, print_calls
from ..links import reduce_token
from ..models import Message, Part
from ..queries import Addressed, calling_records


def link(territory: Territory, name: str, token: str) -> str:
    return absolute(territory, reverse(name, args=[token]))


def letter_for(message: Message, parts: Sequence[Part], reader: Addressed) -> Letter:
    all_senders = reduce_token(message)
    return Letter(
        key=str(message.pk),  # printed on the sheet, for whoever brings it back
        name=message.person.polite_name,
        territory=message.territory.name,
        of_territory=message.territory.of_name,
        day=clock.paris_now().date(),
        subject=message.subject,
        foot=message.foot,
        count_line=week_line(reader.taken, reader.rhythm),
        items=tuple(_item(message, part) for part in parts),
        why_url=link(message.territory, "delivery:why", all_senders),
        fewer_url=link(message.territory, "delivery:fewer", all_senders),
        stop_url=link(message.territory, "delivery:stop", all_senders),
        one_click_url=link(message.territory, "delivery:one-click", all_senders),
        publisher=settings.PUBLISHER,
        postal=reader.postal,
        large_print=reader.large_print,
        pickup="",
    )


def _item(message: Message, part: Part) -> Item:
    stop = link(message.territory, "delivery:stop", reduce_token(message, sender=part.sender_id))
    return Item(
        sender=part.sender.name,
        content=part.content,
        alcohol=part.alcohol,
        children=part.children,
        stop_url=stop,
    )


def _photo_files(parts: Sequence[Part]) -> dict[str, Path]:
    keys = {part.content.get("photo", "") for part in parts} - {""}
    paths = {key: photo_path(key, 800, "jpg") for key in keys}
    return {key: path for key, path in paths.items() if path.exists()}


def message_id(message: Message) -> str:
    """From the row: composed again, it is the same. The key names the person, and a Message-ID is read by every
    server on the way and by whoever gets the message forwarded: it tells only a digest under the host's own secret."""
    digest = salted_hmac("parvis.delivery.message-id", message.key, algorithm="sha256").hexdigest()
    return f"<{digest[:32]}@{settings.MAIL_FROM.partition('@')[2]}>"


def compose_mail(message: Message, parts: Sequence[Part], reader: Addressed) -> EmailMessage:
    """The e-mail of this message. Raises ValueError where the reader has no address any more."""
    if not reader.email:
        raise ValueError("no address")
    with translation.override(FRENCH):
        return compose(
            letter_for(message, parts, reader),
            to=reader.email,
            sender=settings.MAIL_FROM,
            reply_to="",
            message_id=message_id(message),
            at=clock.now(),
            photos={key: path.read_bytes() for key, path in _photo_files(parts).items()},
        )


def sheet_file(message: Message) -> str:
    """Its path in the outbox, printed or not. It tells nothing of the person."""
    return f"paper/{_folder(message.batch)}/feuille-{message.pk:06d}.pdf"


def print_letter(message: Message, parts: Sequence[Part], reader: Addressed) -> str:
    """Print the sheet into the outbox; returns its path inside it."""
    with translation.override(FRENCH):
        pdf = print_sheet(letter_for(message, parts, reader), photos=_photo_files(parts))
    return _write(sheet_file(message), pdf)


def forget_sheet(message: Message) -> None:
    (settings.OUTBOX / sheet_file(message)).unlink(missing_ok=True)


def hold_lists(caller_id: int) -> None:
    """Until the transaction ends: two who print one shop's list follow each other, or the second would forget what the
    first knew. A conditional update, because it holds the row on PostgreSQL and the whole of SQLite alike."""
    Organisation.objects.filter(pk=caller_id).update(name=F("name"))


def carry_calls(messages: Sequence[Message]) -> str:
    """Print the list of one shop for one batch, with the names already on it. Under `hold_lists`."""
    first = messages[0]
    if first.caller is None:
        raise ValueError("a call list belongs to a shop")
    pdf = calls_pdf(first, first.caller, [message.pk for message in messages])
    return _write(f"calls/{_folder(first.batch)}/{first.caller.slug}.pdf", pdf)


def calls_pdf(first: Message, caller: Organisation, claimed: Sequence[int] = ()) -> bytes:
    """The list as it may be used at this instant: without whoever refused since it was printed."""
    on_list = calling_records(caller, first.batch, list(claimed))
    calls = [
        Call(
            name=str(record),
            phone=record.phone,
            reason=part.content.get("reason", ""),
            line=part.content.get("text", "") or part.content["title"],
            title=part.content["title"],
            alcohol=part.alcohol,
        )
        for record, part in on_list
    ]
    to_say = {part.subject: part for _, part in on_list}
    with translation.override(FRENCH):
        return print_calls(
            shop=caller.name,
            territory=first.territory.name,
            day=clock.paris_now().date(),
            calls=calls,
            hours=call_hours_fr(clock.today()),
            to_say=[_item(first, part) for part in to_say.values()],
        )


def _folder(batch: str) -> str:
    return batch.replace(":", "-")


def _write(name: str, data: bytes) -> str:
    """All or nothing: a reader never sees half a file."""
    path = settings.OUTBOX / name
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".part")
    partial.write_bytes(data)
    partial.replace(path)
    return name
