"""The resident's own page: a code opens it, each answer changes one thing, and only of oneself."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parvis.contacts.actions import set_taste
from parvis.contacts.models import Person, Resident, Taste
from parvis.contacts.queries import standing
from parvis.core import clock
from parvis.core.models import AuditEntry
from parvis.delivery.actions import send_many
from parvis.delivery.links import reduce_token
from parvis.delivery.models import Message
from parvis.pages.residents import VISIT
from parvis.rounds.actions import run_due
from tests import builders
from tests.builders import BY, TUESDAY, interest
from tests.house.routes import routes
from tests.letterbox import code_for

from .conftest import Village
from .page import queries, read, words
from .resident import visiting, without_token

pytestmark = pytest.mark.usefixtures("outbox")

MARIE = "marie@courriel.example"
ME, ENTER, CODE = "/moi/", "/moi/entrer/", "/moi/code/"
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def marie(village: Village) -> Person:
    return builders.customer(village.florist, email=MARIE, given_name="Marie", rhythm=2).person


@pytest.fixture
def page(marie: Person) -> Client:
    return visiting(marie)


def posted(client: Client, url: str, **data: Any) -> HttpResponse:
    answer = client.post(url, data)
    assert isinstance(answer, HttpResponse)
    return answer


# --- Coming in, staying, leaving ------------------------------------------------------------------------------------


def test_the_page_asks_for_an_address_then_a_code(client: Client, marie: Person) -> None:
    assert client.get(ME).headers["Location"] == ENTER
    assert "ni compte, ni mot de passe" in read(client, ENTER)
    assert posted(client, ENTER, email=MARIE).headers["Location"] == CODE
    assert posted(client, CODE, code=code_for(MARIE)).headers["Location"] == ME
    assert "Mes envies" in read(client, ME)
    assert client.get(ENTER).headers["Location"] == ME


def test_a_telephone_number_is_told_what_it_cannot_do_yet(client: Client, village: Village) -> None:
    answer = words(posted(client, ENTER, email="06 39 98 11 22").content)
    assert "Ici, il faut un courriel" in answer
    assert "pas encore envoyer de code par SMS" in answer


def test_coming_in_changes_the_key_of_the_session(client: Client, marie: Person) -> None:
    posted(client, ENTER, email=MARIE)
    before = client.session.session_key
    posted(client, CODE, code=code_for(MARIE))
    assert client.session.session_key != before


def test_a_visit_lasts_thirty_minutes_after_the_last_thing_changed(page: Client) -> None:
    with clock.frozen(TUESDAY + VISIT - SECOND):
        assert page.get(ME).status_code == 200
        posted(page, reverse("pages:me-rhythm"), rythme="4")
    with clock.frozen(TUESDAY + 2 * VISIT - 2 * SECOND):
        assert page.get(ME).status_code == 200  # looking is not changing
    with clock.frozen(TUESDAY + 2 * VISIT - SECOND):
        assert page.get(ME).headers["Location"] == ENTER


def test_leaving_closes_the_page_and_no_browser_keeps_it(page: Client) -> None:
    assert "no-store" in page.get(ME).headers["Cache-Control"]
    posted(page, reverse("pages:me-leave"))
    assert page.get(ME).headers["Location"] == ENTER
    assert "Vous êtes sorti" in read(page, ENTER)


def test_a_press_on_a_page_whose_time_is_over_leads_back_to_the_question(page: Client) -> None:
    with clock.frozen(TUESDAY + VISIT):
        answer = page.post(reverse("pages:me-tastes"), {"envie-fleurs": "oui"}, headers={"hx-request": "true"})
    assert answer.headers["HX-Redirect"] == ENTER
    assert not Taste.objects.exists()


def own_pages() -> list[str]:
    """Every URL of one's own page but the ways in and out, as it stands in the site."""
    ways = {"pages:me-enter", "pages:me-code", "pages:me-goodbye"}
    mine = [route for route in routes() if route.name.startswith("pages:me") and route.name not in ways]
    values = {"pk": 1, "slug": "la-brassee"}
    return [reverse(route.name, kwargs={one: values[one] for one in route.parameters}) for route in mine]


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_page_of_ones_own_opens_without_a_code(marie: Person, owner: Client, method: str) -> None:
    assert len(own_pages()) > 15
    for url in own_pages():
        for browser in (Client(), owner):
            answer = getattr(browser, method)(url)
            assert answer.status_code == 405 or answer.headers["Location"] == ENTER, url
    assert standing(persons=[marie.pk]).exists()


def test_whoever_is_forgotten_meanwhile_is_out(page: Client, marie: Person) -> None:
    Person.objects.filter(pk=marie.pk).update(erased_at=clock.now())
    assert page.get(ME).headers["Location"] == ENTER


# --- Nobody learns who is known -------------------------------------------------------------------------------------


def seen_by(email: str) -> list[tuple[int, int, str]]:
    client = Client()
    seen = []
    for url, data in ((ENTER, {"email": email}), (CODE, None), (CODE, {"code": "000000"}), (ENTER, {"email": email})):
        with CaptureQueriesContext(connection) as captured:
            answer = client.post(url, data) if data else client.get(url)
        seen.append((answer.status_code, len(captured), without_token(answer.content).replace(email, "")))
    return seen


def test_a_known_and_an_unknown_address_meet_the_same_pages_and_cost_the_same(marie: Person) -> None:
    assert seen_by(MARIE) == seen_by("inconnue@courriel.example")


def test_what_is_said_of_a_wrong_code_does_not_tell_who_is_known(marie: Person) -> None:
    """Not even on the sixth try, nor on a third browser."""
    told: dict[str, list[str]] = {MARIE: [], "inconnue@courriel.example": []}
    for email, sentences in told.items():
        for _ in range(3):
            client = Client()
            posted(client, ENTER, email=email)
            for _ in range(7):
                answer = posted(client, CODE, code="000000")
                sentences.append(without_token(answer.content).replace(email, ""))
    first, second = told.values()
    assert first == second
    assert "Cinq codes ont été essayés" in first[6]


def test_a_late_code_says_so_whether_it_was_sent_or_not(marie: Person) -> None:
    for email in (MARIE, "inconnue@courriel.example"):
        client = Client()
        posted(client, ENTER, email=email)
        with clock.frozen(TUESDAY + dt.timedelta(minutes=30)):
            assert "plus de trente minutes" in words(posted(client, CODE, code="000000").content)


def test_a_link_of_a_message_opens_nothing_of_ones_own(client: Client, village: Village, marie: Person) -> None:
    """Decision 4: passed on to a neighbour, it can only reduce."""
    found = send_many(
        by=BY,
        drafts=[builders.draft(marie, builders.part(village.florist))],
        territory=village.florist.territory,
        batch="t",
    )
    assert list(found.values()) == [None]
    message = Message.objects.get()
    for token in (reduce_token(message), reduce_token(message, sender=village.florist.pk)):
        for name in ("why", "fewer", "stop"):
            answer = client.get(reverse(f"delivery:{name}", args=[token]))
            assert answer.status_code == 200
            assert MARIE not in answer.content.decode()
        client.post(reverse("delivery:fewer", args=[token]), {"de": "2"})
        assert client.get(ME).headers["Location"] == ENTER
        assert client.get(f"{ME}?token={token}").headers["Location"] == ENTER
        assert "resident" not in client.session


# --- Tastes ---------------------------------------------------------------------------------------------------------


def radio(html: str, slug: str) -> str:
    """Which of the three answers is checked."""
    found = re.search(rf'name="envie-{slug}" value="(\w+)" checked', html)
    return found[1] if found else ""


def test_the_tree_shows_what_was_said_and_what_it_brings_below(page: Client, marie: Person) -> None:
    for slug, liked in (("japon", True), ("boissons", False), ("vins", True), ("ateliers", True)):
        set_taste(person=marie, interest=interest(slug), liked=liked, by=BY)
    html = page.get(ME).content.decode()
    assert (radio(html, "japon"), radio(html, "boissons"), radio(html, "fromages")) == ("oui", "non", "neutre")
    text = words(html.encode())
    assert "Mangas Oui, par « Le Japon »." in text
    assert "Bières Non, comme au-dessus." in text
    assert "Poterie et céramique Oui, comme au-dessus." in text
    assert "Vins Vous dites oui, mais « Boissons » est à non : rien n’en viendra." in text
    assert "Vous aimez les ateliers où l’on met la main et le Japon . Rien sur les boissons ." in text
    assert "Deux annonces par semaine au plus , par courriel." in text


def test_every_subject_is_there_once(page: Client) -> None:
    html = page.get(ME).content.decode()
    names = re.findall(r'name="envie-([\w-]+)" value="oui"', html)
    assert len(names) == len(set(names)) > 150
    assert html.count("taste--0") == 14


def test_the_tree_counts_what_each_branch_had_this_month(page: Client, village: Village) -> None:
    builders.announcement(village.florist, interests=["ateliers-floraux"])
    with clock.frozen(TUESDAY - dt.timedelta(days=31)):
        builders.announcement(village.florist, interests=["fleurs"])
    text = read(page, ME)
    assert "Mettre la main Mettre la main Oui" not in text
    assert "Mettre la main 1 ce mois-ci." in text
    assert "Fleurs 1 ce mois-ci." in text


def test_without_a_script_one_button_keeps_every_answer(page: Client, marie: Person) -> None:
    answer = posted(page, reverse("pages:me-tastes"), **{"avant": "", "envie-fleurs": "oui", "envie-vins": "non"})
    assert answer.headers["Location"] == "/moi/#envies"
    assert dict(marie.tastes.values_list("interest__slug", "liked")) == {"fleurs": True, "vins": False}
    assert AuditEntry.objects.filter(verb="set_taste", actor=f"person:{marie.pk}").count() == 2
    assert "Vous aimez les fleurs" in read(page, ME)


def test_a_page_left_open_elsewhere_undoes_nothing(page: Client, marie: Person) -> None:
    """It posts what it showed: only what was touched there changes."""
    set_taste(person=marie, interest=interest("fleurs"), liked=True, by=BY)
    stale = {"avant": "vins=non", "envie-fleurs": "neutre", "envie-vins": "non", "envie-pains": "oui"}
    posted(page, reverse("pages:me-tastes"), **stale)
    assert dict(marie.tastes.values_list("interest__slug", "liked")) == {"fleurs": True, "pains": True}


def test_a_tap_answers_with_the_lines_that_now_read_otherwise(page: Client, marie: Person) -> None:
    data = {"avant": "", "envie-boissons": "non"}
    answer = page.post(reverse("pages:me-tastes"), data, headers={"hx-request": "true"}).content.decode()
    swapped = set(re.findall(r'id="reponse-([\w-]+)" hx-swap-oob', answer))
    assert {"boissons", "vins", "whiskys-japonais", "boire-et-manger"} <= swapped
    assert not {"fleurs", "japon", "fromages"} & swapped
    assert "Rien sur" in words(answer.encode())
    assert "Boissons : non. C’est noté." in words(answer.encode())
    assert 'value="boissons=non"' in answer


@pytest.mark.parametrize("data", [{"envie-religion": "oui"}, {"envie-fleurs": "peut-être"}, {}, {"avant": "= = x"}])
def test_what_the_page_never_offered_is_not_noted(page: Client, data: dict[str, str]) -> None:
    assert posted(page, reverse("pages:me-tastes"), **data).status_code == 302
    assert not Taste.objects.exists()


def test_an_envy_is_found_by_its_name_and_kept_from_there(page: Client, marie: Person) -> None:
    set_taste(person=marie, interest=interest("boissons"), liked=False, by=BY)
    html = page.get(ME, {"q": "whisky jap"}).content.decode()
    assert re.findall(r'name="envie-([\w-]+)" value="oui"', html) == ["whiskys-japonais"]
    assert "Non, par « Boissons »" in words(html.encode())  # nothing is shown above it
    answer = posted(page, reverse("pages:me-tastes"), **{"q": "whisky jap", "envie-whiskys-japonais": "oui"})
    assert answer.headers["Location"] == "/moi/?q=whisky+jap#envies"
    assert "Aucune envie de ce nom" in read(page, f"{ME}?q=zzz")
    assert page.get(ME, {"q": "\x00" * 300}).status_code == 200


def test_alcohol_that_one_likes_says_that_an_age_is_missing(page: Client, marie: Person) -> None:
    set_taste(person=marie, interest=interest("whiskys"), liked=True, by=BY)
    assert "Il faut se dire majeur" not in read(page, ME)
    Person.objects.filter(pk=marie.pk).update(adult_declared_on=None)
    assert "Il faut se dire majeur" in read(page, ME)


# --- Rhythm, channel, senders ---------------------------------------------------------------------------------------


def test_a_rhythm_is_chosen_among_five(page: Client, marie: Person) -> None:
    posted(page, reverse("pages:me-rhythm"), rythme="0")
    assert Resident.objects.get(person=marie).rhythm == 0
    assert "Aucune annonce : vous êtes en pause" in read(page, ME)
    for typed in ("3", "-1", "deux", "77", "٤", ""):
        assert posted(page, reverse("pages:me-rhythm"), rythme=typed).status_code == 400
    assert Resident.objects.get(person=marie).rhythm == 0


@pytest.mark.parametrize(("rhythm", "sentence"), [(1, "Avec 1, vous en entendez 1"), (4, "Vous les entendez toutes")])
def test_the_page_tells_what_the_rhythm_meant_this_week(
    village: Village, marie: Person, rhythm: int, sentence: str
) -> None:
    Resident.objects.filter(person=marie).update(rhythm=rhythm)
    for number in range(3):
        builders.announcement(village.florist, title=f"Dit {number}")
    builders.due_round(village.florist.territory)
    run_due()
    text = read(visiting(marie), ME)
    assert "Cette semaine, 3 annonces vous auraient plu" in text
    assert sentence in text


def test_a_week_without_a_round_says_when_the_next_one_is(page: Client) -> None:
    assert "Rien pour vous cette semaine jusqu’ici. Prochaine tournée : vendredi 27 novembre, 18 h." in read(page, ME)


def test_a_channel_is_chosen_among_those_that_have_an_address(page: Client, marie: Person) -> None:
    posted(page, reverse("pages:me-channel"), canal="paper")
    assert Resident.objects.get(person=marie).channel == "paper"
    assert posted(page, reverse("pages:me-channel"), canal="pigeon").status_code == 400
    marie.contact_points.filter(kind="phone").delete()
    html = page.get(ME).content.decode()
    assert re.search(r'value="phone"[^>]* disabled', html)
    assert posted(page, reverse("pages:me-channel"), canal="phone").status_code == 409


def test_a_channel_without_a_yes_says_so_and_asks_for_one(page: Client, marie: Person, village: Village) -> None:
    posted(page, reverse("pages:me-channel"), canal="paper")
    assert "Rien ne vous vient de La Brassée." in read(page, ME)
    url = reverse("pages:me-say-yes", args=["la-brassee"])
    assert "J’accepte de recevoir sur papier les annonces envoyées par La Brassée" in read(page, url)
    assert "Cochez la phrase" in words(posted(page, url).content)
    posted(page, url, consent="on")
    assert "Rien ne vous vient de La Brassée." not in read(page, ME)
    event = standing(persons=[marie.pk]).get(channel="paper")
    assert (event.source, event.noted_by) == ("web", f"person:{marie.pk}")


def test_nobody_says_yes_here_to_a_shop_that_never_had_one(page: Client, village: Village) -> None:
    assert page.get(reverse("pages:me-say-yes", args=["cave-du-tilleul"])).status_code == 404


def test_each_sender_is_told_with_its_words_and_taken_back_alone(page: Client, marie: Person, village: Village) -> None:
    builders.say_yes(marie, to=village.wines)
    text = read(page, ME)
    assert "La Brassée Accord par courriel, au comptoir, le 24 novembre 2026." in text
    assert "« Voulez-vous recevoir par courriel les annonces envoyées par La Brassée" in text
    event = standing(persons=[marie.pk], sender=village.wines.pk).get()
    posted(page, reverse("pages:me-withdraw", args=[event.pk]))
    assert [one.sender for one in standing(persons=[marie.pk])] == [village.florist]
    assert posted(page, reverse("pages:me-withdraw", args=[event.pk])).status_code == 404  # pressed twice


def test_nobody_takes_back_a_yes_of_someone_else(page: Client, village: Village) -> None:
    other = builders.customer(village.florist, email="paul@courriel.example", given_name="Paul").person
    event = standing(persons=[other.pk]).get()
    assert posted(page, reverse("pages:me-withdraw", args=[event.pk])).status_code == 404
    assert standing(persons=[other.pk]).exists()
    point = other.contact_points.get(kind="phone")
    assert posted(page, reverse("pages:me-forget-address", args=[point.pk])).status_code == 404


def test_stopping_everything_asks_once_then_stops(page: Client, marie: Person, village: Village) -> None:
    builders.say_yes(marie, to=village.wines)
    url = reverse("pages:me-stop")
    assert "Tout arrêter ?" in read(page, url)
    assert standing(persons=[marie.pk]).count() == 2
    posted(page, url)
    assert not standing(persons=[marie.pk]).exists()
    text = read(page, ME)
    assert "Plus aucun commerce ne vous écrira" in text
    assert "Personne." in text


def test_sorting_may_be_refused_and_taken_again(page: Client, marie: Person) -> None:
    posted(page, reverse("pages:me-sorting"), tri="non")
    assert "Vous avez demandé à ne pas être trié" in read(page, ME)
    posted(page, reverse("pages:me-sorting"), tri="oui")
    marie.refresh_from_db()
    assert marie.profiling


def test_an_age_is_declared_with_its_day_and_may_be_taken_back(page: Client, marie: Person) -> None:
    posted(page, reverse("pages:me-adult"), majeur="non")
    assert "Pas déclaré" in read(page, ME)
    posted(page, reverse("pages:me-adult"), majeur="oui")
    assert "Déclaré le 24 novembre 2026." in read(page, ME)


# --- Size -----------------------------------------------------------------------------------------------------------


def test_the_page_costs_ten_queries_however_full_it_is(page: Client, marie: Person, village: Village) -> None:
    few = queries(page, ME)
    for slug in ("fleurs", "japon", "vins", "ateliers", "pains", "livres", "velo"):
        set_taste(person=marie, interest=interest(slug), liked=slug != "vins", by=BY)
    for slug in ("cave-du-tilleul", "fournil-des-sources", "au-bon-levain"):
        builders.say_yes(marie, to=builders.shop(slug=slug))
        builders.announcement(builders.shop(slug=slug), interests=["fleurs", "japon"])
    builders.due_round(village.florist.territory)
    run_due()
    assert queries(page, ME) == few <= 10


def test_a_person_known_on_no_territory_here_still_reads_their_page(page: Client, marie: Person) -> None:
    Resident.objects.filter(person=marie).delete()
    assert "Mes envies" in read(page, ME)
    assert posted(page, reverse("pages:me-rhythm"), rythme="4").status_code == 302


@pytest.mark.parametrize("name", ["x" * 80, "محمد الأمين", "👩‍🌾 Zoé"])
def test_any_name_of_a_person_or_a_shop_fits(village: Village, name: str) -> None:
    village.florist.name = name * (1 if len(name) > 30 else 5)
    village.florist.save()
    person = builders.customer(village.florist, email=MARIE, given_name=name).person
    assert village.florist.name in read(visiting(person), ME)
