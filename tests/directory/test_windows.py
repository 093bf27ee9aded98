"""What a shop says of itself, its hours, its special days: written whole, refused where it makes no sense."""

import datetime as dt
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from parvis.accounts.actions import describe_organisation, suspend
from parvis.accounts.models import Organisation
from parvis.accounts.queries import PageClosed
from parvis.core.errors import BadInput
from parvis.core.models import AuditEntry
from parvis.directory.hours import Opening, state, week_in_words
from parvis.directory.models import OpeningHours, ShopWindow, SpecialDay
from parvis.directory.shopfronts import hours_of
from parvis.directory.windows import (
    MOST_ABOUT,
    ClosesBeforeItOpens,
    DayIsOver,
    HoursOverlap,
    change_window,
    check_day,
    forget_special_day,
    set_hours,
    set_special_day,
    show_window,
)
from parvis.photos.actions import add_photo, withdraw_photo
from parvis.photos.models import Photo
from tests.builders import BY, TUESDAY, association, shop

from .test_hours import day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]
TODAY = TUESDAY.date()


def verbs() -> list[str]:
    return list(AuditEntry.objects.filter(target__startswith="shopwindow:").values_list("verb", flat=True))


def photo(of: Organisation) -> Photo:
    picture = BytesIO()
    Image.new("RGB", (60, 40), "coral").save(picture, "PNG")
    return add_photo(
        organisation=of, upload=picture.getvalue(), alt="La devanture", author="Odile", right="mine", by=BY
    )


def week(of: Organisation) -> str:
    return week_in_words(hours_of([of], TODAY)[of.pk].week).replace("\u00a0", " ")


# --- What it says of itself -------------------------------------------------------------------------------------------
def test_a_window_is_written_whole_and_leaves_its_line() -> None:
    florist = shop()
    cover = photo(florist)
    show_window(
        organisation=florist, by=BY, about=" Des fleurs. ", needs="bouquet ;\ncouronne, bouquet,, ", cover=cover
    )
    window = show_window(organisation=florist, by=BY, about="Des mains.", old_sites=["a.example", "b.example"])
    assert ShopWindow.objects.get() == window
    assert (window.about, window.needs, window.old_sites, window.cover) == (
        "Des mains.",
        "",
        "a.example\nb.example",
        None,
    )
    assert verbs() == ["show_window", "show_window"]


def test_needs_are_pieces_each_once() -> None:
    window = show_window(organisation=shop(), by=BY, needs="offrir des fleurs ;\ncouronne, offrir des fleurs,, ")
    assert window.needs == "offrir des fleurs, couronne"


@pytest.mark.parametrize(
    ("field", "most"), [("about", MOST_ABOUT), ("access", 160), ("needs", 400)], ids=lambda value: str(value)
)
def test_what_is_too_long_is_refused_with_both_lengths(field: str, most: int) -> None:
    def write(length: int) -> None:
        said: dict[str, Any] = {field: "é" * length}
        show_window(organisation=shop(), by=BY, **said)

    write(most)
    with pytest.raises(BadInput) as refusal:
        write(most + 1)
    assert f"{most + 1} lettres, et il en tient {most}" in refusal.value.sentence
    assert len(getattr(ShopWindow.objects.get(), field)) == most


def test_a_cover_is_the_shops_own_and_still_stands() -> None:
    florist, wines = shop(), shop(slug="cave-du-tilleul")
    theirs, gone = photo(wines), photo(florist)
    withdraw_photo(photo=gone, by=BY)
    gone.refresh_from_db()
    for cover in (theirs, gone):
        with pytest.raises(BadInput, match="Choisissez-en une autre"):
            show_window(organisation=florist, by=BY, cover=cover)
    assert not ShopWindow.objects.exists()


# --- The ordinary week ------------------------------------------------------------------------------------------------
def test_the_week_replaces_the_one_before() -> None:
    florist = shop()
    set_hours(organisation=florist, week={1: day("09:00-12:30", "14:30-19:00"), 2: day("09:00-12:30")}, by=BY)
    set_hours(organisation=florist, week={5: day("10:00-18:00"), 6: []}, by=BY)
    assert week(florist) == "Samedi, 10 h à 18 h. Fermé du lundi au vendredi et le dimanche."
    set_hours(organisation=florist, week={}, by=BY)
    assert not OpeningHours.objects.exists()
    assert verbs() == ["set_hours"] * 3


def test_hours_keep_what_the_window_says() -> None:
    florist = shop()
    show_window(organisation=florist, by=BY, about="Des fleurs.")
    set_hours(organisation=florist, week={1: day("09:00-12:30")}, by=BY)
    show_window(organisation=florist, by=BY, about="Des mains.")
    assert week(florist).startswith("Mardi")
    assert ShopWindow.objects.get().about == "Des mains."


def test_openings_that_overlap_are_refused_and_those_that_touch_are_not() -> None:
    florist = shop()
    set_hours(organisation=florist, week={1: day("09:00-12:00", "12:00-19:00")}, by=BY)
    with pytest.raises(HoursOverlap) as refusal:
        set_hours(organisation=florist, week={2: day("12:00-19:00", "09:00-12:01")}, by=BY)
    said = "Mercredi, 9 h à 12 h 01 et 12 h à 19 h se chevauchent. Corrigez l’un des deux."
    assert refusal.value.sentence.replace("\u00a0", " ") == said
    assert week(florist).startswith("Mardi, 9 h à 19 h.")


def test_a_night_said_in_one_is_kept_on_its_two_days() -> None:
    set_hours(organisation=shop(), week={6: day("12:00-14:00", "19:00-01:00"), 3: day("20:00-00:00")}, by=BY)
    kept = [(one.weekday, f"{one.opens:%H:%M}", f"{one.closes:%H:%M}") for one in OpeningHours.objects.all()]
    nights = [(0, "00:00", "01:00"), (3, "20:00", "23:59"), (6, "12:00", "14:00"), (6, "19:00", "23:59")]
    assert kept == nights
    assert week(shop()).startswith("Jeudi, 20 h à minuit ; dimanche, 12 h à 14 h et 19 h à 1 h.")
    with pytest.raises(HoursOverlap):
        set_hours(organisation=shop(), week={0: day("19:00-02:00"), 1: day("01:00-03:00")}, by=BY)


def test_a_day_holds_no_more_openings_than_its_form_shows() -> None:
    many = [Opening(dt.time(8 + n), dt.time(8 + n, 30)) for n in range(7)]
    set_hours(organisation=shop(), week={2: many[:6]}, by=BY)
    with pytest.raises(BadInput, match="six ouvertures au plus"):
        set_hours(organisation=shop(), week={2: many}, by=BY)


@pytest.mark.parametrize("closes", ["09:00", "08:30"])
def test_a_shop_closes_after_it_opens_and_the_way_out_is_told(closes: str) -> None:
    backwards = [Opening(dt.time(9), dt.time.fromisoformat(closes))]
    with pytest.raises(ClosesBeforeItOpens) as refusal:
        set_hours(organisation=shop(), week={4: backwards}, by=BY)
    assert "Vendredi" in refusal.value.sentence
    assert refusal.value.sentence.endswith("Relisez ces deux heures.")
    assert not OpeningHours.objects.exists()


def test_a_night_of_a_day_apart_is_told_how_it_is_written() -> None:
    """Of an ordinary week the form cuts it in two: « une nuit s’écrit le soir où elle commence »."""
    with pytest.raises(ClosesBeforeItOpens) as refusal:
        check_day("ce jour-là", [Opening(dt.time(19), dt.time(1))])
    assert "Pour un jour à part, fermez à 00:00" in refusal.value.sentence


# --- The days that are not as the others ------------------------------------------------------------------------------
def test_a_special_day_says_open_or_closed_and_can_be_forgotten() -> None:
    florist = shop()
    set_hours(organisation=florist, week={1: day("09:00-19:00")}, by=BY)
    set_special_day(organisation=florist, day=TODAY, openings=day("10:00-12:00"), note="Inventaire", by=BY)
    set_special_day(organisation=florist, day=TODAY, openings=[], by=BY)
    assert SpecialDay.objects.get().opens is None
    ten = TUESDAY.replace(hour=10)
    assert (found := state(hours_of([florist], TODAY)[florist.pk], ten)) and found.open is False
    forget_special_day(organisation=florist, day=TODAY, by=BY)
    forget_special_day(organisation=florist, day=TODAY, by=BY)
    assert (found := state(hours_of([florist], TODAY)[florist.pk], ten)) and found.open is True
    assert verbs() == ["set_hours", "set_special_day", "set_special_day", "forget_special_day"]


def test_a_special_day_is_to_come_and_within_a_year() -> None:
    florist = shop()
    with pytest.raises(DayIsOver):
        set_special_day(organisation=florist, day=TODAY - dt.timedelta(days=1), openings=[], by=BY)
    set_special_day(organisation=florist, day=TODAY + dt.timedelta(days=400), openings=[], by=BY)
    with pytest.raises(BadInput, match="vérifiez l’année"):
        set_special_day(organisation=florist, day=TODAY + dt.timedelta(days=401), openings=[], by=BY)
    with pytest.raises(HoursOverlap):
        set_special_day(organisation=florist, day=TODAY, openings=day("09:00-12:00", "11:00-13:00"), by=BY)
    assert SpecialDay.objects.count() == 1


def test_the_night_before_is_still_known_after_midnight() -> None:
    bar = shop()
    set_special_day(organisation=bar, day=TODAY, openings=day("20:00-23:59"), by=BY)
    assert TODAY in hours_of([bar], TODAY + dt.timedelta(days=1))[bar.pk].special
    assert TODAY not in hours_of([bar], TODAY + dt.timedelta(days=2))[bar.pk].special


def test_several_days_in_a_row_are_written_and_forgotten_at_once() -> None:
    florist, last = shop(), TODAY + dt.timedelta(days=9)
    set_special_day(organisation=florist, day=TODAY + dt.timedelta(days=3), openings=day("09:00-12:00"), by=BY)
    for _ in range(2):
        set_special_day(organisation=florist, day=TODAY, last=last, openings=[], note="Congés", by=BY)
    assert SpecialDay.objects.filter(opens=None, note="Congés").count() == SpecialDay.objects.count() == 10
    forget_special_day(organisation=florist, day=TODAY, last=last, by=BY)
    assert not SpecialDay.objects.exists()
    assert verbs() == ["set_special_day", "set_special_day", "forget_special_day"]


@pytest.mark.parametrize(("ahead", "refused"), [(-1, True), (0, False), (61, False), (62, True)])
def test_an_absence_is_of_two_months_at_most_and_ends_after_it_begins(ahead: int, refused: bool) -> None:
    first = TODAY + dt.timedelta(days=5)

    def note() -> None:
        set_special_day(organisation=shop(), day=first, last=first + dt.timedelta(days=ahead), openings=[], by=BY)

    if not refused:
        note()
        assert SpecialDay.objects.count() == ahead + 1
        return
    with pytest.raises(BadInput) as refusal:
        note()
    assert refusal.value.field == "last"


def test_a_window_is_changed_by_pieces_and_not_while_it_is_closed() -> None:
    florist = shop()
    show_window(organisation=florist, by=BY, about="Un", needs="deux")
    for _ in range(2):
        change_window(organisation=florist, by=BY, about="Trois")
    window = ShopWindow.objects.get()
    assert (window.about, window.needs, verbs()) == ("Trois", "deux", ["show_window", "show_window"])
    suspend(organisation=florist, why="Une raison.", keeper=association(), by=BY)
    for write in (
        lambda: change_window(organisation=florist, by=BY, about="Quatre"),
        lambda: set_hours(organisation=florist, week={}, by=BY),
        lambda: set_special_day(organisation=florist, day=TODAY, openings=[], by=BY),
        lambda: forget_special_day(organisation=florist, day=TODAY, by=BY),
        lambda: describe_organisation(organisation=florist, by=BY, phone="+33199001031"),
    ):
        with pytest.raises(PageClosed):
            write()


# --- Two who save at once ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "save",
    [
        lambda of: set_hours(organisation=of, week={1: [Opening(dt.time(9), dt.time(12))]}, by=BY),
        lambda of: set_special_day(organisation=of, day=TODAY, openings=[], by=BY),
        lambda of: forget_special_day(organisation=of, day=TODAY, by=BY),
        lambda of: change_window(organisation=of, about="Des fleurs.", by=BY),
    ],
    ids=["hours", "day", "forget", "words"],
)
def test_the_window_is_held_before_what_it_says_is_read(save: Callable[[Organisation], object]) -> None:
    florist = shop()
    change_window(organisation=florist, about="Avant.", by=BY)
    with CaptureQueriesContext(connection) as queries:
        save(florist)
    said = [one["sql"] for one in queries if "directory_" in one["sql"]]
    held = next(n for n, sql in enumerate(said) if sql.startswith("UPDATE"))
    assert '"about" = "directory_shopwindow"."about"' in said[held]
    # Before it, at most the look whether there is a window at all; what is compared and replaced is read afterwards.
    assert all("directory_specialday" not in sql and "directory_openinghours" not in sql for sql in said[:held])
    assert len(said) > held + 1


def test_a_closed_day_is_written_once_whoever_writes_it() -> None:
    window = set_special_day(organisation=shop(), day=TODAY, openings=[], by=BY)
    with pytest.raises(IntegrityError):
        SpecialDay.objects.create(window=window, day=TODAY)
