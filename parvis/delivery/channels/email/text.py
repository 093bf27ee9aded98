"""The plain-text twin: every fact, every link, every sentence of the HTML."""

from collections.abc import Container, Iterator

from parvis.core import typography
from parvis.delivery.channels.letter import Item, Letter, clean

_RULE = "-" * 40


def plain(letter: Letter, *, shown: Container[str]) -> str:
    """The whole message as text, one fact a line, each address alone on its line.

    `shown`: keys of the photos that the HTML twin holds.
    """
    lines = [f"{letter.house}, {typography.day(letter.day)}", "", letter.greeting, ""]
    for item in letter.items:
        lines += [_RULE, "", *_item(item, shown), ""]
    return "\n".join([*lines, _RULE, "", *_foot(letter), ""])


def _item(item: Item, shown: Container[str]) -> Iterator[str]:
    for line in (item.get("when"), item.get("title"), item.health, item.facts, item.get("text")):
        if line:
            yield line
    if item.get("photo") in shown:
        yield f"Sur la photo\u00a0: {item.get('photo_alt')}. {item.get('photo_credit')}".rstrip()
    if item.get("reason"):
        yield from ("", f"Pourquoi vous\u00a0? {item.get('reason')}")
    if item.url:
        yield from ("", f"{item.get('action') or 'Voir l’annonce'}\u00a0:", item.url)
    if item.get("phone"):
        yield f"Par téléphone\u00a0: {item.get('phone')}"
    if item.stop_url:
        yield from ("", f"{item.stop_label}\u00a0:", item.stop_url)


def _foot(letter: Letter) -> Iterator[str]:
    if letter.closing:
        yield from (letter.closing, "")
    links = (
        ("Pourquoi je reçois ceci", letter.why_url),
        ("Recevoir moins", letter.fewer_url),
        ("Tout arrêter", letter.stop_url),
    )
    for label, url in links:
        yield from (f"{label}\u00a0:", url)
    yield from ("", "Parvis ne sait pas si vous ouvrez ce courriel.", clean(letter.publisher))
