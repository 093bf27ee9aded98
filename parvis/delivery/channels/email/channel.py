"""Composes the e-mail: a text and an HTML twin that say the same, pictures inside, nothing fetched."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import Policy, default
from email.utils import format_datetime
from pathlib import Path

import css_inline
from django.template import Context, Engine
from django.utils.text import slugify

from parvis.core import typography
from parvis.delivery.channels.email.text import plain
from parvis.delivery.channels.letter import PAPERS, Item, Letter, clean, count

_TEMPLATES = Path(__file__).parent / "templates"
_ENGINE = Engine(dirs=[str(_TEMPLATES)])
_INLINER = css_inline.CSSInliner(
    keep_at_rules=True,
    load_remote_stylesheets=False,
    extra_css=(_TEMPLATES / "letter.css").read_text(encoding="utf-8"),
)

# Under a sender who has chosen none.
_PLAIN_PAPER = "#F1F0EA"


class _OneLine(UnstructuredHeader, BaseHeader):
    """The standard library folds a URL of over 78 characters into encoded words: no mailbox follows that."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("list-unsubscribe", _OneLine)
_POLICY = default.clone(header_factory=_HEADERS)


def compose(
    letter: Letter,
    *,
    to: str,
    sender: str,
    reply_to: str,
    message_id: str,
    at: dt.datetime,
    photos: Mapping[str, bytes],
) -> EmailMessage:
    """The message ready for a transport; the same arguments give the same bytes.

    `to`, `sender`, `reply_to`: bare addresses (`reply_to` may be empty). `message_id`: "<...@domain>".
    `at`: aware instant of the Date header. `photos`: JPEG bytes by photo key, at most 800 px wide; a missing
    key means no picture. Raises ValueError on an address that holds a line break or is not one address.
    """
    shown = {key: data for item in letter.items if (data := photos.get(key := item.get("photo")))}
    cids = {key: f"photo-{number}.{_digest(message_id)}@parvis" for number, key in enumerate(shown, 1)}
    message = EmailMessage(policy=_POLICY)
    _address(message, letter, to=to, sender=sender, reply_to=reply_to)
    message["Message-ID"] = message_id
    message["Date"] = format_datetime(at)
    _list_headers(message, letter, domain=sender.rpartition("@")[2])
    message.set_content(plain(letter, shown=shown), cte="quoted-printable")
    message.add_alternative(_html(letter, cids), subtype="html", cte="quoted-printable")
    _embed(message, shown, cids)
    _fix_boundaries(message, message_id)
    return message


def _address(message: EmailMessage, letter: Letter, *, to: str, sender: str, reply_to: str) -> None:
    message["From"] = Address(letter.house, addr_spec=_bare(sender))
    message["To"] = Address(clean(letter.name), addr_spec=_bare(to))
    if reply_to:
        message["Reply-To"] = Address(addr_spec=_bare(reply_to))
    message["Subject"] = clean(letter.subject)


def _bare(address: str) -> str:
    if clean(address) != address:
        raise ValueError("an e-mail address holds a line break or a control character")
    return address


def _list_headers(message: EmailMessage, letter: Letter, *, domain: str) -> None:
    message["List-Id"] = f"{letter.house} <{slugify(letter.territory) or 'territoire'}.parvis.{domain}>"
    message["List-Unsubscribe"] = f"<{letter.one_click_url}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    # Absence responders stay silent: RFC 5230 ones on List-Id, older ones on this. No Auto-Submitted
    # (RFC 3834): the words are a shopkeeper's, not a machine's.
    message["Precedence"] = "bulk"


def _html(letter: Letter, cids: Mapping[str, str]) -> str:
    context = {
        "letter": letter,
        "day": typography.day(letter.day),
        "subject": clean(letter.subject),
        "preheader": count(len(letter.items), "annonce").capitalize() + ", pour vous",
        "publisher": clean(letter.publisher),
        "items": [_shown(item, cids, first=number == 0) for number, item in enumerate(letter.items)],
    }
    return str(_INLINER.inline(_ENGINE.get_template("letter.html").render(Context(context))))


def _shown(item: Item, cids: Mapping[str, str], *, first: bool) -> dict[str, object]:
    keys = ("title", "text", "when", "reason", "photo_alt", "photo_credit", "action", "phone")
    return {key: item.get(key) for key in keys} | {
        "sender": clean(item.sender),
        "facts": item.facts,
        "health": item.health,
        "url": item.url,
        "stop_url": item.stop_url,
        "stop_label": item.stop_label,
        "cid": cids.get(item.get("photo"), ""),
        "paper": PAPERS.get(item.get("paper"), _PLAIN_PAPER),
        "dial": "".join(c for c in item.get("phone") if c in "+0123456789"),
        "first": first,
    }


def _embed(message: EmailMessage, photos: Mapping[str, bytes], cids: Mapping[str, str]) -> None:
    """Pictures travel inside: one fetched from our server would tell us who opened the message (rule 6)."""
    html = message.get_body(("html",))
    assert html is not None
    for number, (key, data) in enumerate(photos.items(), 1):
        name = f"photo-{number}.jpg"
        html.add_related(data, "image", "jpeg", cid=f"<{cids[key]}>", disposition="inline", filename=name)


def _fix_boundaries(message: EmailMessage, message_id: str) -> None:
    """The standard library draws them at random. "=_" is in no quoted-printable or base64 (RFC 2045)."""
    multiparts = (part for part in message.walk() if part.is_multipart())
    for level, part in enumerate(multiparts):
        part.set_boundary(f"=_{_digest(message_id)}_{level}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]
