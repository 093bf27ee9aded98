"""From rows to what the person holds: fills a channel's dataclasses and hands them over."""

from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from parvis.core import clock
from parvis.photos.queries import photo_path

from ..channels.email.channel import compose
from ..channels.letter import Item, Letter
from ..channels.paper.channel import print_sheet
from ..channels.phone.channel import Call, print_calls
from ..links import reduce_token
from ..models import Message, Part
from ..queries import calling_records, place_in_week, postal_address, resident_of

CALL_HOURS = "Du lundi au vendredi, de 10\u00a0h à 13\u00a0h et de 14\u00a0h à 20\u00a0h, jamais un jour férié."


def link(name: str, token: str) -> str:
    return settings.BASE_URL + reverse(name, args=[token])


def letter_for(message: Message, parts: Sequence[Part]) -> Letter:
    all_senders = reduce_token(message)
    rank, total = place_in_week(message)
    resident = resident_of(message)
    return Letter(
        key=str(message.pk),  # printed on the sheet, for whoever brings it back
        name=message.person.polite_name,
        territory=message.territory.name,
        of_territory=message.territory.of_name,
        day=clock.paris_now().date(),
        subject=message.subject,
        foot=message.foot,
        count_line=f"Message {rank} sur {total} cette semaine",
        items=tuple(_item(message, part) for part in parts),
        why_url=link("delivery:why", all_senders),
        fewer_url=link("delivery:fewer", all_senders),
        stop_url=link("delivery:stop", all_senders),
        one_click_url=link("delivery:one-click", all_senders),
        publisher=settings.PUBLISHER,
        postal=postal_address(message.person),
        large_print=resident.large_print if resident else False,
        pickup="",
    )


def _item(message: Message, part: Part) -> Item:
    stop = link("delivery:stop", reduce_token(message, sender=part.sender_id))
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


def compose_mail(message: Message, parts: Sequence[Part]) -> EmailMessage:
    """The e-mail of this message. Its Message-ID comes from the row: composed again, it is the same."""
    address = message.person.contact_points.get(kind="email").value
    domain = settings.MAIL_FROM.partition("@")[2]
    return compose(
        letter_for(message, parts),
        to=address,
        sender=settings.MAIL_FROM,
        reply_to="",
        message_id=f"<{message.key.replace(':', '-').replace('/', '.')}@{domain}>",
        at=clock.now(),
        photos={key: path.read_bytes() for key, path in _photo_files(parts).items()},
    )


def print_letter(message: Message, parts: Sequence[Part]) -> str:
    """Print the sheet into the outbox; returns its path inside it. The file's name tells nothing of the person."""
    pdf = print_sheet(letter_for(message, parts), photos=_photo_files(parts))
    return _write(f"paper/{_folder(message.batch)}/feuille-{message.pk:06d}.pdf", pdf)


def carry_calls(messages: Sequence[Message]) -> str:
    """Print the list of one shop for one batch, with the names already on it."""
    first = messages[0]
    if first.caller is None:
        raise ValueError("a call list belongs to a shop")
    on_list = calling_records(first.caller, first.batch, [m.pk for m in messages])
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
    pdf = print_calls(
        shop=first.caller.name,
        territory=first.territory.name,
        day=clock.paris_now().date(),
        calls=calls,
        hours=CALL_HOURS,
        to_say=[_item(first, part) for part in to_say.values()],
    )
    return _write(f"calls/{_folder(first.batch)}/{first.caller.slug}.pdf", pdf)


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
