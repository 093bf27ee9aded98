import datetime as dt
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser

import pytest

from parvis.delivery.channels.email.channel import compose
from parvis.delivery.channels.letter import HEALTH, Letter
from tests.delivery.channels.channel_samples import BASE, NASTY, flat, item, jpeg, letter, whisky


class Page(HTMLParser):
    """The HTML twin as a mailbox reads it: the words it shows, and every attribute."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return flat(" ".join(self.words))

    def values(self, name: str) -> list[str]:
        return [attributes[name] for _, attributes in self.tags if name in attributes]


def sent(made: Letter, *, to: str = "mme.ferrand@courriel.example", photos: tuple[str, ...] = ()) -> bytes:
    return compose(
        made,
        to=to,
        sender="parvis@plateau.example",
        reply_to="",
        message_id="<round-12.55@plateau.example>",
        at=dt.datetime(2026, 11, 26, 17, tzinfo=dt.UTC),
        photos={key: jpeg() for key in photos},
    ).as_bytes()


def received(made: Letter, *, photos: tuple[str, ...] = ()) -> EmailMessage:
    return message_from_bytes(sent(made, photos=photos), _class=EmailMessage, policy=policy.default)


def twins(message: EmailMessage) -> tuple[str, Page]:
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    return flat(text.get_content()), Page(html.get_content())


def test_the_headers_say_who_to_whom_and_how_to_stop() -> None:
    message = received(letter())
    assert {name: value for name, value in message.items() if not name.startswith("Content-")} == {
        "From": "Parvis du Plateau briard <parvis@plateau.example>",
        "To": "Mme Ferrand <mme.ferrand@courriel.example>",
        "Subject": "Samedi des couronnes",
        "Message-ID": "<round-12.55@plateau.example>",
        "Date": "Thu, 26 Nov 2026 17:00:00 +0000",
        "List-Id": "Parvis du Plateau briard <plateau-briard.parvis.plateau.example>",
        "List-Unsubscribe": f"<{letter().one_click_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Precedence": "bulk",
        "MIME-Version": "1.0",
    }


def test_a_long_unsubscribe_address_stays_whole_on_its_line() -> None:
    line = f"List-Unsubscribe: <{letter().one_click_url}>\n".encode()
    assert len(line) > 100
    assert line in sent(letter())


def test_a_reply_address_is_said_only_when_there_is_one() -> None:
    arguments = {
        "to": "a@courriel.example",
        "sender": "p@plateau.example",
        "message_id": "<1@plateau.example>",
    }
    message = compose(
        letter(),
        **arguments,
        reply_to="bonjour@plateau.example",
        at=dt.datetime(2026, 11, 26, tzinfo=dt.UTC),
        photos={},
    )
    assert message["Reply-To"] == "bonjour@plateau.example"
    assert "Reply-To" not in received(letter())


def test_both_twins_hold_the_same_facts_and_links() -> None:
    made = letter(item(photo="a"), whisky(photo="b"))
    text, page = twins(received(made, photos=("a", "b")))
    facts = [made.greeting, made.closing, made.publisher, "Parvis ne sait pas si vous ouvrez ce courriel."]
    for told in made.items:
        keys = ("title", "text", "when", "action", "phone", "photo_credit")
        facts += [told.facts, told.stop_label, *(told.get(key) for key in keys)]
        facts.append(f"Pourquoi vous ? {told.get('reason')}")
    for fact in facts:
        assert flat(fact) in text
        assert flat(fact) in page.text
    links = [made.why_url, made.fewer_url, made.stop_url]
    links += [url for told in made.items for url in (told.url, told.stop_url)]
    for url in links:
        assert url in text
        assert url in page.values("href")


def test_the_health_sentence_follows_the_title_of_alcohol_alone() -> None:
    text, page = twins(received(letter(item(), whisky())))
    for words in (text, page.text):
        assert words.count(HEALTH) == 1
        assert f"Le Japon en cinq whiskys {HEALTH}" in words
    styles = [attributes["style"] for _, attributes in page.tags if attributes.get("class") == "health"]
    assert "16px" in styles[0]


def test_nothing_is_fetched_when_the_message_is_opened() -> None:
    raw = received(letter(item(photo="a"), whisky()), photos=("a",)).get_body(("html",))
    assert raw is not None
    html = raw.get_content()
    page = Page(html)
    assert all(source.startswith("cid:") for source in page.values("src"))
    assert page.values("background") == []
    assert page.values("srcset") == []
    for remote in ("url(", "@import", "@font-face", "<link", "<script", "<base"):
        assert remote not in html


def test_pictures_travel_inside_with_their_description() -> None:
    message = received(letter(item(photo="a"), whisky(photo="b")), photos=("a", "b"))
    _, page = twins(message)
    inside = [part for part in message.walk() if part.get_content_type() == "image/jpeg"]
    assert [part.get_content() for part in inside] == [jpeg(), jpeg()]
    assert [part.get_content_disposition() for part in inside] == ["inline", "inline"]
    assert page.values("src") == [f"cid:{part['Content-ID'].strip('<>')}" for part in inside]
    assert page.values("alt") == ["Une couronne de houx", "Une couronne de houx"]


def test_a_missing_picture_leaves_the_name_of_the_shop_on_its_paper() -> None:
    message = received(letter(item(photo="gone", paper="rose")))
    text, page = twins(message)
    bands = [attributes["style"] for _, attributes in page.tags if attributes.get("class") == "band"]
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert "#FFB8C6" in bands[0]
    assert "Sur la photo" not in text


def test_the_message_says_its_language_and_its_colours() -> None:
    _, page = twins(received(letter()))
    assert ("html", {"lang": "fr", "dir": "ltr"}) in page.tags
    assert ("meta", {"name": "color-scheme", "content": "light dark"}) in page.tags
    assert {attributes["role"] for tag, attributes in page.tags if tag == "table"} == {"presentation"}


def test_typed_markup_stays_text() -> None:
    text, page = twins(received(letter(item(title=NASTY, text=NASTY, reason=NASTY), name=NASTY)))
    assert flat(NASTY) in text
    assert flat(NASTY) in page.text
    assert "b" not in {tag for tag, _ in page.tags}


def test_a_line_break_in_a_name_makes_no_header() -> None:
    message = received(letter(name="Mme X\r\nBcc: tous@courriel.example", subject="Bon\njour\r\nX-Bad: 1"))
    assert message["Bcc"] is None
    assert message["X-Bad"] is None
    assert message["Subject"] == "Bon jour X-Bad: 1"


def test_a_line_break_in_an_address_is_refused() -> None:
    with pytest.raises(ValueError, match="line break"):
        sent(letter(), to="a@courriel.example\r\nBcc: tous@courriel.example")


def test_long_names_emoji_and_other_scripts_arrive_whole() -> None:
    title = "🎄 שלום مرحبا 山崎 " + "x" * 300
    message = received(letter(item(title=title), name="Mme " + "Wolfe" * 60, subject=title[:200]))
    text, page = twins(message)
    assert title in text
    assert title in page.text
    assert message["Subject"] == title[:200]
    assert message["To"].addresses[0].display_name == "Mme " + "Wolfe" * 60


def test_the_same_letter_gives_the_same_bytes() -> None:
    made = letter(item(photo="a"), whisky(photo="b"))
    assert sent(made, photos=("a", "b")) == sent(made, photos=("a", "b"))


def test_an_announcement_without_a_page_has_no_button() -> None:
    text, page = twins(received(letter(item(url="", phone=""))))
    assert "Réserver une place" not in text + page.text
    assert "Par téléphone" not in text + page.text
    assert not any(link.startswith((f"{BASE}/annonces", "tel:")) for link in page.values("href"))
