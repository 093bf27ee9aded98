"""A shop keeps its own window: how it reads today, then one question a screen."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from parvis.accounts.actions import give_mandate, suspend
from parvis.accounts.models import Mandate, Organisation
from parvis.accounts.rules import Permission, Role
from parvis.core import clock
from parvis.core.models import AuditEntry
from parvis.directory.hours import week_in_words
from parvis.directory.models import OpeningHours, ShopWindow, SpecialDay
from parvis.directory.shopfronts import hours_of
from parvis.directory.windows import MOST_ABOUT, set_hours, show_window
from parvis.photos.models import Photo
from tests import builders
from tests.builders import BY
from tests.directory.test_hours import day

from .conftest import Village, signed_in
from .page import read, words
from .showing import photo

MINE = "/bureau/la-brassee/vitrine/"
DONE = "C’est noté. Voici votre vitrine telle qu’on la lit maintenant."
SPANS = ("opens", "closes", "reopens", "ends")


def week(**days: str) -> dict[str, str]:
    """`d1="09:00-12:30 14:30-19:00"`, `d0=""` for closed; a day that is not named is left empty."""
    typed: dict[str, str] = {}
    for name, hours in days.items():
        if not hours:
            typed[f"{name[1:]}closed"] = "on"
        typed |= dict(zip((f"{name[1:]}{span}" for span in SPANS), hours.replace("-", " ").split(), strict=False))
    return typed


WHOLE = week(d0="", d1="09:00-12:30 14:30-19:00", d2="9h-12h", d3="20:00-00:00", d4="", d5="", d6="")


def kept(shop: Organisation) -> str:
    return week_in_words(hours_of([shop], clock.today())[shop.pk].week).replace("\u00a0", " ")


def post(client: Client, step: str, data: dict[str, Any], status: int = 200) -> str:
    answer = client.post(f"{MINE}{step}/", data, follow=True)
    assert answer.status_code == status
    return words(answer.content)


def wrote() -> list[str]:
    return list(AuditEntry.objects.filter(target__startswith="shopwindow").values_list("verb", flat=True))


# --- How it reads today -----------------------------------------------------------------------------------------------
def test_an_empty_window_says_kindly_what_is_missing(owner: Client, village: Village) -> None:
    page = read(owner, MINE)
    for sentence in (
        "Pour que l’on vous trouve, il manque encore : Les horaires de la semaine",
        "Pas encore dits. Personne ne sait quand pousser la porte.",
        "La loi les demande, et il manque : qui tient cette vitrine, immatriculation, direction de la publication.",
        "/vitrine/la-brassee/",
    ):
        assert sentence in page, sentence
    assert 'href="/bureau/la-brassee/vitrine/"' in owner.get("/bureau/la-brassee/").text


def test_a_kept_window_reads_as_a_passer_by_has_it(owner: Client, village: Village) -> None:
    shop = village.florist
    set_hours(organisation=shop, week={1: day("09:00-12:30", "14:30-19:00")}, by=BY)
    show_window(organisation=shop, about="Des mains\ndans la terre.", needs="couronne", old_sites=["a.example"], by=BY)
    page = read(owner, MINE)
    assert "Ouvert jusqu’à 19 h. Voici ce qu’un passant lit en ce moment." in page
    assert "Mardi, 9 h à 12 h 30 et 14 h 30 à 19 h. Fermé le lundi et du mercredi au dimanche." in page
    assert "« Des mains dans la terre. »" in page and "couronne" in page and "a.example" in page


def test_an_association_keeps_its_words_and_has_no_hours(delegate: Client, village: Village) -> None:
    mine = "/bureau/enseignes-du-plateau/vitrine/"
    page = read(delegate, mine)
    assert "Votre présentation" in page and "horaires" not in page
    assert delegate.get(f"{mine}horaires/").status_code == 404
    assert delegate.get(f"{mine}mots/").status_code == 200


# --- Who may ----------------------------------------------------------------------------------------------------------
def test_it_is_closed_but_to_whoever_holds_the_right(delegate: Client, merchant: Client, village: Village) -> None:
    colleague = signed_in(builders.user(of=village.florist, role=Role.COLLEAGUE))
    for client in (Client(), delegate, merchant, colleague):
        assert client.get(MINE).status_code in {302, 404}
        assert client.post(f"{MINE}mots/", {"about": "Moi"}).status_code in {302, 404}
    assert "Ma vitrine" not in read(colleague, "/bureau/la-brassee/")
    assert not ShopWindow.objects.exists()


def test_a_mandate_that_names_it_opens_it_and_the_journal_says_for_whom(delegate: Client, village: Village) -> None:
    Mandate.objects.all().delete()
    give_mandate(
        organisation=village.florist, holder=village.delegate, through=village.association,
        permissions=[Permission.EDIT_WINDOW], signed_by="Odile Marchand", signed_on=clock.today(),
        evidence="Classeur", by=BY,
    )  # fmt: skip
    assert DONE in post(delegate, "mots", {"about": "Des mains."})
    assert "Vous agissez pour La Brassée" in read(delegate, MINE)
    line = AuditEntry.objects.get(verb="show_window")
    assert line.actor_name == "Claire Vasseur (Les Enseignes du Plateau), pour La Brassée"


def test_a_suspended_shop_reads_and_changes_nothing(owner: Client, village: Village) -> None:
    suspend(organisation=village.florist, why="Une raison.", keeper=village.association, by=BY)
    page = read(owner, MINE)
    assert "Une raison." in page and "Personne ne lit votre vitrine" in page and "Le dire" not in page
    assert owner.get(f"{MINE}mots/").headers["Location"] == MINE
    page = post(owner, "mots", {"about": "Malgré tout"}, status=409)
    assert "Votre page est fermée pour l’instant : elle ne se change pas." in page
    for step, data in (
        ("horaires", WHOLE),
        ("photo", picture()),
        ("venir", {"phone": "01 99 00 10 31"}),
        ("mentions", {"director": "Moi"}),
        ("jours", {"day": "2026-12-08", "how": "ferme"}),
    ):
        post(owner, step, data, status=409)
    assert owner.post(f"{MINE}jours/effacer/", {"day": "2026-12-08", "last": "2026-12-08"}).status_code == 409
    assert not (OpeningHours.objects.exists() or SpecialDay.objects.exists() or Photo.objects.exists())


# --- The week ---------------------------------------------------------------------------------------------------------
def test_the_week_is_noted_as_one_says_it(owner: Client, village: Village) -> None:
    assert DONE in (page := post(owner, "horaires", WHOLE))
    said = "Mardi, 9 h à 12 h 30 et 14 h 30 à 19 h ; mercredi, 9 h à 12 h ; jeudi, 20 h à minuit."
    assert said in page
    assert kept(village.florist).startswith(said)
    shown = owner.get(f"{MINE}horaires/").text
    assert 'value="14:30"' in shown and 'value="00:00"' in shown and shown.count("checked") == 4


def test_pressed_twice_it_is_noted_once(owner: Client, village: Village) -> None:
    for _ in range(2):
        assert DONE in post(owner, "horaires", WHOLE)
        assert DONE in post(owner, "mots", {"about": "Des mains."})
        assert DONE in post(owner, "jours", {"day": "2026-12-08", "how": "ferme", "note": "Congés"})
        assert DONE in post(owner, "mentions", {"director": "Odile Marchand"})
    assert wrote() == ["set_hours", "show_window", "set_special_day"]
    assert AuditEntry.objects.filter(verb="describe_organisation").count() == 1


@pytest.mark.parametrize(
    ("tuesday", "sentence"),
    [
        ("09:00-12:30 12:00-19:00", "Mardi, 9 h à 12 h 30 et 12 h à 19 h se chevauchent."),
        ("12:00-09:00", "Mardi, la fermeture à 9 h ne vient pas après l’ouverture à 12 h."),
        ("09:00", "Il manque l’heure de fermeture."),
        ("neuf-12:00", "Cette heure ne se lit pas : écrivez-la comme 14:30, ou 14 h 30."),
    ],
)
def test_hours_that_cannot_be_are_refused_and_everything_typed_stays(
    owner: Client, village: Village, tuesday: str, sentence: str
) -> None:
    page = owner.post(f"{MINE}horaires/", WHOLE | {f"1{span}": "" for span in SPANS} | week(d1=tuesday))
    assert page.status_code == 200
    assert sentence in words(page.content)
    assert tuesday.split("-")[0] in page.text and "9h" in page.text and page.text.count("checked") == 4
    assert "autofocus" in page.text
    assert not OpeningHours.objects.exists()


def test_a_day_is_open_or_closed_and_seven_empty_days_say_nothing(owner: Client, village: Village) -> None:
    page = post(owner, "horaires", week(d1="09:00-12:00"))
    assert page.count("Écrivez vos heures de ce jour, ou cochez « Fermé ».") == 6
    post(owner, "horaires", WHOLE)
    assert "Pas encore dits." in post(owner, "horaires", {})
    assert kept(village.florist) == ""


def test_a_restaurant_says_its_noon_and_its_night_in_two_openings(
    owner: Client, client: Client, village: Village
) -> None:
    typed = week(d0="", d1="", d2="", d3="", d4="12:00-14:00 19:00-01:00", d5="12:00-14:00 19:00-01:00", d6="")
    said = "Vendredi et samedi, 12 h à 14 h et 19 h à 1 h. Fermé du lundi au jeudi et le dimanche."
    assert said in post(owner, "horaires", typed)
    assert said in read(client, "/vitrine/la-brassee/")
    shown = owner.get(f"{MINE}horaires/").text
    assert shown.count('value="01:00"') == 2 and shown.count("checked") == 5 and "opens3" not in shown
    clash = post(owner, "horaires", typed | {"6closed": "", "6opens": "00:30", "6closes": "03:00"})
    assert "Dimanche, minuit à 1 h et 0 h 30 à 3 h se chevauchent." in clash


def test_a_day_of_three_openings_is_shown_whole_and_loses_none(owner: Client, village: Village) -> None:
    three = {1: day("07:00-09:00", "12:00-14:00", "19:00-23:00"), 2: day("09:00-12:00")}
    set_hours(organisation=village.florist, week=three, by=BY)
    before, shown = kept(village.florist), owner.get(f"{MINE}horaires/").text
    typed = dict(re.findall(r'name="(\d\w+)" value="([\d:]+)"', shown)) | dict.fromkeys(
        re.findall(r'name="(\dclosed)"[^>]* checked', shown), "on"
    )
    assert (
        typed["1opens3"] == "19:00"
        and typed["1closes3"] == "23:00"
        and '<label class="field__label" for="id_2opens3"' in shown
    )
    assert DONE in post(owner, "horaires", typed)
    assert kept(village.florist) == before
    copied = owner.post(f"{MINE}horaires/", typed | {"copy": "1"}).text
    assert copied.count('value="23:00"') == 2


def test_what_is_under_closed_is_not_read(owner: Client, village: Village) -> None:
    assert DONE in post(owner, "horaires", WHOLE | week(d4="19:00-09:00", d5="n") | {"4closed": "on", "5closed": "on"})
    assert kept(village.florist).endswith("Fermé le lundi et du vendredi au dimanche.")


def test_a_day_is_copied_on_those_that_are_not_closed_and_nothing_is_kept_yet(owner: Client, village: Village) -> None:
    answer = owner.post(f"{MINE}horaires/", week(d0="", d1="09:00-12:30 14:30-19:00", d3="8h-9h") | {"copy": "1"})
    assert "C’est recopié, et pas encore enregistré." in words(answer.content)
    assert answer.text.count('value="14:30"') == 6 and "8h" not in answer.text and "field__error" not in answer.text
    assert answer.text.count("checked") == 1
    assert not OpeningHours.objects.exists()
    # The Enter key saves, and copies nothing.
    form = answer.text[answer.text.index("question__form") :]
    assert form.index('aria-hidden="true">Continuer') < form.index('name="copy"')


# --- The days that are not as the others ------------------------------------------------------------------------------
def test_holidays_are_noted_in_one_go_and_read_in_one_line(owner: Client, client: Client, village: Village) -> None:
    typed = {"day": "2026-12-08", "last": "2026-12-20", "how": "ferme", "note": "Congés"}
    said = "Du mardi 8 décembre au dimanche 20 décembre, fermé (congés)"
    assert said in post(owner, "jours", typed)
    assert said in read(client, "/vitrine/la-brassee/")
    assert SpecialDay.objects.count() == 13
    assert said in read(owner, f"{MINE}jours/")
    answer = owner.post(f"{MINE}jours/effacer/", {"day": "2026-12-08", "last": "2026-12-20"}, follow=True)
    assert "C’est effacé" in words(answer.content)
    assert not SpecialDay.objects.exists()


def test_a_day_opens_at_other_hours(owner: Client, village: Village) -> None:
    typed = {"day": "2026-12-24", "how": "ouvert", "opens": "9h", "closes": "16 h 30"}
    assert "Jeudi 24 décembre, 9 h à 16 h 30" in post(owner, "jours", typed)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"day": "2026-11-23"}, "Ce jour est déjà passé."),
        ({"day": ""}, "Il manque le jour."),
        ({"day": "jeudi"}, "Cette date ne se lit pas : écrivez-la comme 28/11/2026."),
        ({"last": "2026-12-01"}, "Le dernier jour vient avant le premier."),
        ({"last": "2027-02-08"}, "Cela fait plus de deux mois"),
        ({"last": "2028-12-08"}, "Cette date est dans plus d’un an"),
        ({"how": ""}, "Dites si c’est fermé, ou ouvert à d’autres heures."),
        ({"how": "ouvert"}, "Écrivez les heures de ce jour, ou choisissez « C’est fermé »."),
        ({"how": "ouvert", "opens": "12:00", "closes": "09:00"}, "ne vient pas après l’ouverture"),
        ({"note": "n" * 81}, "La raison fait 81 lettres, et il en tient 80."),
    ],
)
def test_a_day_that_cannot_be_is_refused_and_what_was_typed_stays(
    owner: Client, village: Village, changes: dict[str, str], sentence: str
) -> None:
    typed = {"day": "2026-12-08", "last": "", "how": "ferme", "note": "Un mariage"} | changes
    answer = owner.post(f"{MINE}jours/", typed)
    assert answer.status_code == 200
    assert sentence in words(answer.content)
    assert f'value="{typed["note"]}"' in answer.text
    assert not SpecialDay.objects.exists()


def test_days_to_forget_that_do_not_read_are_nowhere(owner: Client, village: Village) -> None:
    assert owner.post(f"{MINE}jours/effacer/", {"day": "hier", "last": ""}).status_code == 404


# --- The words, and the rest ------------------------------------------------------------------------------------------
def test_what_is_too_long_is_counted_and_stays(owner: Client, village: Village) -> None:
    long = "é" * MOST_ABOUT + "\r\n!"
    answer = owner.post(f"{MINE}mots/", {"about": long})
    assert "Votre présentation fait 1202 lettres, et il en tient 1200." in words(answer.content)
    assert "é" * MOST_ABOUT in answer.text and "maxlength" not in answer.text
    assert DONE in post(owner, "mots", {"about": "é" * (MOST_ABOUT - 2) + "\r\n!"})
    assert "Ici, il y en a 1200." in read(owner, f"{MINE}mots/")


def test_one_question_leaves_the_answers_of_the_others(owner: Client, village: Village) -> None:
    cover = photo(village.florist)
    show_window(organisation=village.florist, about="Un", access="Deux", needs="trois", cover=cover, by=BY)
    post(owner, "mots", {"about": "Autre"})
    post(owner, "cherche", {"needs": "couronne, bouquet"})
    post(owner, "anciens-sites", {"old_sites": "a.example\r\nb.example"})
    window = ShopWindow.objects.get()
    assert (window.about, window.access, window.needs) == ("Autre", "Deux", "couronne, bouquet")
    assert (window.old_sites, window.cover) == ("a.example\nb.example", cover)


def test_where_to_come_and_whom_to_call(owner: Client, client: Client, village: Village) -> None:
    typed = {"address": "18 rue du Lavoir", "access": "Bus 23", "phone": "01.99.00.10.31", "email": "O@Brassee.example"}
    page = post(owner, "venir", typed)
    assert "18 rue du Lavoir, Villecresnes Bus 23 01 99 00 10 31 o@brassee.example" in page
    village.florist.refresh_from_db()
    assert village.florist.phone == "+33199001031"
    assert "01 99 00 10 31" in read(client, "/vitrine/la-brassee/")
    assert "Il manque deux chiffres à la fin." in post(owner, "venir", typed | {"phone": "01 99 00 10"})


def test_what_the_law_asks_is_told_on_the_page(owner: Client, client: Client, village: Village) -> None:
    typed = {"legal_name": "Odile Marchand, entreprise individuelle", "registration": "RCS Créteil 000 012 345"}
    page = post(owner, "mentions", typed)
    assert "La loi les demande, et il manque : direction de la publication." in page
    post(owner, "mentions", typed | {"director": "Odile Marchand"})
    page = read(client, "/vitrine/la-brassee/mentions/")
    assert "Odile Marchand, entreprise individuelle" in page and "RCS Créteil 000 012 345" in page


# --- The photograph ---------------------------------------------------------------------------------------------------
def picture(width: int = 60, height: int = 40) -> dict[str, Any]:
    file = BytesIO()
    Image.new("RGB", (width, height), "coral").save(file, "JPEG")
    upload = SimpleUploadedFile("devanture.jpg", file.getvalue(), "image/jpeg")
    return {"file": upload, "alt": "La devanture", "author": "Odile Marchand", "right": "mine"}


def test_a_photo_takes_the_place_of_the_one_before_which_goes(owner: Client, village: Village) -> None:
    assert DONE in post(owner, "photo", picture())
    first = Photo.objects.get()
    assert DONE in post(owner, "photo", picture(12000, 1000))
    first.refresh_from_db()
    assert first.withdrawn_at
    window = ShopWindow.objects.get()
    assert window.cover and window.cover.alt == "La devanture"
    assert "Pas encore de photo." in post(owner, "photo", {"without": "1"})
    window.refresh_from_db()
    assert window.cover is None and not Photo.objects.filter(withdrawn_at=None).exists()


def test_a_photo_without_its_right_waits_and_is_not_sent_twice(owner: Client, village: Village) -> None:
    wanting = picture() | {"right": ""}
    page = post(owner, "photo", wanting)
    assert "Votre photo est arrivée." in page and "Dites si vous l’avez prise vous-même" in page
    del wanting["file"]
    assert DONE in post(owner, "photo", wanting | {"right": "mine"})
    assert Photo.objects.get().author == "Odile Marchand"


def test_without_a_photo_nothing_is_asked(owner: Client, village: Village) -> None:
    assert "Ma vitrine" in post(owner, "photo", {"alt": "", "author": "Odile Marchand"})
    assert not Photo.objects.exists()


def test_a_photo_that_an_announcement_says_is_kept(owner: Client, village: Village) -> None:
    shown = photo(village.florist)
    said = builders.announcement(village.florist)
    said.photo = shown
    said.save()
    show_window(organisation=village.florist, cover=shown, by=BY)
    post(owner, "photo", {"without": "1"})
    shown.refresh_from_db()
    assert shown.withdrawn_at is None
