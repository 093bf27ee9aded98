"""The invented world of the demo: nobody real, every commune served, nothing the law forbids."""

import csv
import datetime as dt
import re
import tomllib
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from parvis import contacts, sirene
from parvis.announcements.rules import Kind
from parvis.core import clock
from parvis.core.typography import NBSP, no_break
from parvis.demo import places
from parvis.demo.cutpaper import GOODS, SUBJECTS
from parvis.demo.places import ASSOCIATION, PLACES, TERRITORY, Place, Says
from parvis.territory.reference import territories

MONDAY = dt.datetime(2026, 11, 23, 9, tzinfo=clock.PARIS)
EVERYONE = (ASSOCIATION, *PLACES)
DRINKS = re.compile(
    r"\b(vins?|bières?|cidres?|poirés?|whiskys?|rhums?|champagnes?|liqueurs?|apéritifs?|gins?|sakés?|cocktails?)\b",
    re.I,
)


def _table(app: object, name: str) -> Path:
    return Path(str(getattr(app, "__file__", ""))).parent / "data" / name


INTERESTS = tomllib.loads(_table(contacts, "interests.toml").read_text("utf-8"))


def rows(name: str) -> list[dict[str, str]]:
    with _table(sirene, name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@pytest.fixture
def said() -> list[Says]:
    with clock.frozen(MONDAY):
        return [*places.coming(), *places.past()]


def test_some_forty_shops_serve_the_six_communes_villecresnes_first() -> None:
    served = Counter(place.insee for place in PLACES)
    assert 38 <= len(PLACES) <= 44
    assert set(served) == set(territories()[TERRITORY].communes)
    assert min(served.values()) >= 4
    assert served.most_common(1)[0][0] == "94075"
    assert len({place.category for place in PLACES}) > 30


def test_the_shops_that_others_speak_of_are_the_first_three() -> None:
    assert [place.slug for place in PLACES[:3]] == ["la-brassee", "cave-du-tilleul", "le-fournil-des-sources"]
    assert PLACES[:3] == (places.FLORIST, places.WINE, places.BAKER)
    assert places.FLORIST.owner == "Odile Marchand"
    assert places.WINE.owner_email == "anselme.tavernier@tilleul.example"


@pytest.mark.parametrize("what", ["slug", "name", "phone", "address", "owner", "about"])
def test_no_two_shops_share_what_is_their_own(what: str) -> None:
    told = [(getattr(place, what), place.insee if what == "address" else "") for place in PLACES]
    assert all(value for value, _ in told)
    assert len(set(told)) == len(told)


def test_nobody_can_be_reached_by_telephone_or_mail() -> None:
    assert all(re.fullmatch(r"\+33199001\d{3}", place.phone) for place in EVERYONE)
    mails = [mail for place in EVERYONE for mail in {place.email, place.owner_email} if mail]
    assert all(mail.endswith(".example") for mail in mails)
    assert len(set(mails)) == len(mails)
    assert all(site.endswith(".example") for place in PLACES for site in place.old_sites)


def test_four_shops_have_neither_screen_nor_mail() -> None:
    without = [place for place in PLACES if place.without_screen]
    assert len(without) == 4
    assert not any(place.email or place.owner_email for place in without)
    assert all(place.email and place.owner_email for place in PLACES if not place.without_screen)


def test_white_paper_is_the_town_halls_and_each_other_paper_is_chosen_by_several() -> None:
    assert min(Counter(place.paper for place in PLACES).values()) >= 5
    assert {place.paper for place in PLACES} == {"or", "rose", "ciel", "tilleul", "saumon", "parme"}


def test_every_trade_is_one_of_the_register_and_its_codes_say_the_same() -> None:
    known = {row["slug"] for row in rows("categories.csv")}
    by_code = {(row["nomenclature"], row["code"]): row["category"] for row in rows("activities.csv")}
    for place in PLACES:
        assert place.category in known
        assert by_code["NAF2025", place.naf_2025.replace(".", "")] == place.category
        assert ("NAFRev2", place.naf.replace(".", "")) in by_code


def test_no_other_shop_of_the_register_s_list_has_the_name_of_one_of_ours() -> None:
    with (Path(places.__file__).parent / "data" / "businesses.csv").open(encoding="utf-8", newline="") as file:
        signs = {line["sign"] for line in csv.DictReader(file, delimiter=";")}
    assert signs.isdisjoint({place.name.replace("’", "'").upper() for place in PLACES})


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.slug)
def test_a_window_fits_in_what_the_directory_keeps(place: Place) -> None:
    assert place.goods in GOODS
    assert set(place.interests) <= set(INTERESTS)
    assert 100 < len(place.about) <= 1200
    assert len(place.access) <= 160
    assert len(place.needs) <= 400
    assert len(place.needs.split(", ")) >= 5


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.slug)
def test_no_two_openings_of_a_day_overlap(place: Place) -> None:
    assert place.week
    for weekday, openings in place.week.items():
        assert 0 <= weekday <= 6
        assert all(one.opens < one.closes for one in openings)
        assert all(one.closes < other.opens for one, other in pairwise(openings))
    assert not any(one.opens >= one.closes for special in place.special for one in special.openings)
    assert all(one.opens < one.closes for one in place.holidays or ())


def test_many_close_on_sunday_afternoon_and_on_monday() -> None:
    assert sum(0 not in place.week for place in PLACES) > len(PLACES) / 2
    afternoons = [place.slug for place in PLACES if any(one.closes > dt.time(15, 30) for one in place.week.get(6, ()))]
    assert set(afternoons) == {"chez-rosalba", "marie-froment", "le-grenier-de-barnabe"}


def test_special_days_are_counted_from_today_and_win_over_public_holidays() -> None:
    today = MONDAY.date()
    butcher = next(place for place in PLACES if place.slug == "maison-hautecoeur")
    told = butcher.special_days(today)
    assert list(told) == sorted(told)
    assert told[dt.date(2026, 12, 24)][1] == "Retrait des commandes"
    assert [(str(one.opens), str(one.closes)) for one in told[dt.date(2026, 12, 25)][0]] == [("08:30:00", "12:45:00")]
    assert all(today <= day <= today + dt.timedelta(days=400) for place in PLACES for day in place.special_days(today))
    salon = next(place for place in PLACES if place.slug == "le-peigne-en-bois")
    assert len([day for day, (openings, _) in salon.special_days(today).items() if not openings]) == 4
    bookshop = next(place for place in PLACES if place.slug == "un-chapitre-encore")
    assert bookshop.special_days(today)[dt.date(2026, 12, 25)] == ((), "")


def test_a_day_of_the_year_that_is_today_is_still_to_come() -> None:
    butcher = next(place for place in PLACES if place.slug == "maison-hautecoeur")
    assert dt.date(2026, 12, 24) in butcher.special_days(dt.date(2026, 12, 24))
    assert dt.date(2027, 12, 24) in butcher.special_days(dt.date(2026, 12, 25))


def test_sixty_things_to_come_and_sixty_past_of_the_five_kinds(said: list[Says]) -> None:
    with clock.frozen(MONDAY):
        coming, past = places.coming(), places.past()
    assert 58 <= len(coming) <= 72
    assert 55 <= len(past) <= 66
    for one in (coming, past):
        assert min(Counter(says.words.kind for says in one).values()) >= 5
        assert {says.words.kind for says in one} == set(Kind)
    assert {says.place.slug for says in coming} == {place.slug for place in EVERYONE}


def test_every_subject_that_is_spoken_of_exists(said: list[Says]) -> None:
    for says in said:
        assert says.interests
        assert set(says.interests) <= set(INTERESTS), says.words.title
        assert not says.picture or (says.picture in SUBJECTS and says.alt)


def test_alcohol_is_told_by_its_subject_and_never_beside_children(said: list[Says]) -> None:
    for says in said:
        told = any(INTERESTS[slug].get("alcohol") for slug in says.interests)
        words = f"{says.words.title} {says.words.text}"
        assert told or not DRINKS.search(words), words
        assert not (told and says.words.children)
        assert not (says.picture in {"wine", "whisky", "beer"} and not told)


def test_children_s_appointments_speak_to_families(said: list[Says]) -> None:
    family = {"ateliers-enfants", "fetes-d-enfants", "enfants-et-famille"}
    assert all(family & set(says.interests) for says in said if says.words.children)
    assert sum(says.words.children for says in said) >= 10


def test_an_offer_tells_the_lowest_price_and_nothing_else_does(said: list[Says]) -> None:
    for says in said:
        assert bool(says.words.lowest_price) == (says.words.kind is Kind.OFFER)


@pytest.mark.parametrize("day", range(7))
def test_what_is_said_now_is_ahead_whatever_the_day(day: int) -> None:
    now = MONDAY + dt.timedelta(days=day, hours=13)
    with clock.frozen(now):
        coming = places.coming()
    for says in coming:
        words = says.words
        assert says.said_at == now
        assert not words.kind.dated or words.starts_at
        assert all(moment > now for moment in (words.starts_at, words.ends_at, words.useful_until) if moment)
        assert not (words.starts_at and words.ends_at) or words.starts_at < words.ends_at


@pytest.mark.parametrize("day", range(7))
def test_what_was_said_was_ahead_when_it_was_said_over_the_last_month(day: int) -> None:
    now = MONDAY + dt.timedelta(days=day, hours=13)
    with clock.frozen(now):
        past = places.past()
    assert [says.said_at for says in past] == sorted(says.said_at for says in past)
    assert past[0].said_at > now - dt.timedelta(days=36)
    assert past[-1].said_at < now - dt.timedelta(days=3)
    for says in past:
        assert all(moment > says.said_at for moment in (says.words.starts_at, says.words.useful_until) if moment)


@pytest.mark.parametrize("day", range(7))
def test_an_appointment_falls_while_its_shop_may_be_there(day: int) -> None:
    """Shops receive outside their hours, in the evening or early; never while they are away."""
    with clock.frozen(MONDAY + dt.timedelta(days=day)):
        coming = places.coming()
        away = {place.slug: place.special_days(clock.today()) for place in PLACES}
    for says in coming:
        if says.words.starts_at and says.place is not ASSOCIATION:
            told = away[says.place.slug].get(says.words.starts_at.date())
            assert told is None or told[0] or not told[1], says.words.title


def test_the_texts_are_french_as_it_is_printed(said: list[Says]) -> None:
    texts = [text for place in PLACES for text in (place.about, place.access)]
    texts += [text for says in said for text in (says.words.title, says.words.text, says.words.price, says.alt)]
    for text in texts:
        assert text == no_break(text)
        assert "!" not in text and "'" not in text and "..." not in text
        assert not re.search(r"[^\s\u00a0][;?!:]", text.replace("http:", ""))
    assert any(f"{NBSP};" in text for text in texts)


def test_an_unreadable_day_is_said_at_once() -> None:
    with pytest.raises(ValueError, match="samedi"):
        places._day("samedi")
