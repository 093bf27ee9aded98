"""The screen where one joins a shop, the code, and what follows."""

import re
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parvis.announcements.actions import hold
from parvis.contacts import codes
from parvis.contacts.actions import sign_up_token
from parvis.contacts.models import ConsentEvent, Person, SignUp
from parvis.contacts.rules import Channel
from parvis.core import clock
from tests import builders
from tests.builders import BY, TUESDAY
from tests.letterbox import code_for, notices, other_than

from .conftest import Village
from .page import read, words
from .resident import without_token

pytestmark = pytest.mark.usefixtures("outbox")

MARIE = "marie@courriel.example"
JOIN = "/rejoindre/la-brassee/"


def answers(**more: Any) -> dict[str, Any]:
    return {"email": MARIE, "given_name": "Marie", "rhythm": "2", "consent": "on"} | more


def typed(client: Client, at: str = JOIN, **more: Any) -> str:
    """The address of the page where the code is asked for."""
    answer = client.post(at, answers(**more))
    assert answer.status_code == 302, words(answer.content)
    return answer.headers["Location"]


def posted(client: Client, url: str, **data: Any) -> HttpResponse:
    answer = client.post(url, data)
    assert isinstance(answer, HttpResponse)
    return answer


# --- The screen -----------------------------------------------------------------------------------------------------


def test_the_shops_own_subjects_come_first_and_the_box_is_never_ticked_beforehand(
    client: Client, village: Village
) -> None:
    builders.announcement(village.florist, interests=["ateliers-floraux"])
    builders.announcement(village.florist, interests=["fleurs"], title="Encore")
    builders.announcement(village.florist, interests=["fleurs"], title="Toujours")
    page = client.get(JOIN).content.decode()
    listed = re.findall(r'name="likes" value="([^"]+)"', page)
    assert listed[:2] == ["fleurs", "ateliers-floraux"]
    assert len(listed) == 2 + 14
    assert re.search(r'<input type="checkbox" name="consent" required>', page)
    assert re.search(r'name="rhythm" value="2" checked', page)
    assert "annonces envoyées par La Brassée" in words(page.encode())


def test_a_shop_that_has_said_nothing_yet_offers_the_broad_subjects(client: Client, village: Village) -> None:
    assert client.get(JOIN).content.decode().count('name="likes"') == 14


def test_what_the_association_holds_is_no_subject_of_the_shop_s(client: Client, village: Village) -> None:
    said = builders.announcement(village.florist, interests=["whiskys"], title="Un whisky")
    assert "Je suis majeur" in read(client, JOIN)
    hold(announcement=said, why="Une raison", keeper=village.association, by=BY)
    assert "Je suis majeur" not in read(client, JOIN)
    assert 'value="whiskys"' not in client.get(JOIN).text


def test_an_age_is_asked_only_where_alcohol_is_spoken_of(client: Client, village: Village) -> None:
    builders.announcement(village.florist)
    builders.announcement(village.wines, interests=["whiskys"])
    assert "Je suis majeur" not in read(client, JOIN)
    assert "Je suis majeur" in read(client, "/rejoindre/cave-du-tilleul/")


def test_ones_commune_may_be_said_and_need_not_be(client: Client, village: Village) -> None:
    page = read(client, JOIN)
    assert "Votre commune (facultatif)" in page and "Ailleurs, ou je préfère ne pas le dire" in page
    mandres = village.florist.territory.communes.get(name="Mandres-les-Roses")
    typed(client, commune=str(mandres.pk))
    typed(client, email="paul@courriel.example")
    assert list(SignUp.objects.order_by("pk").values_list("commune", flat=True)) == [mandres.pk, None]
    assert "Choisissez une commune de la liste" in words(client.post(JOIN, answers(commune="999999")).content)


def test_whoever_wants_paper_or_a_call_is_told_where_to_ask(client: Client, village: Village) -> None:
    page = read(client, JOIN)
    assert "Demandez la carte à remplir" in page
    assert "Dites à La Brassée ce qui vous plaît" in page


def test_what_was_typed_stays_when_something_is_missing(client: Client, village: Village) -> None:
    page = client.post(JOIN, answers(given_name="Zoé 🌻", rhythm="4", likes=["animaux"], consent="")).content.decode()
    assert "Cochez la phrase" in page
    assert f'value="{MARIE}"' in page
    assert 'value="Zoé 🌻"' in page
    assert re.search(r'name="rhythm" value="4" checked', page)
    assert re.search(r'value="animaux" checked', page)
    assert not SignUp.objects.exists()


def test_a_name_of_three_hundred_letters_gets_a_sentence(client: Client, village: Village) -> None:
    answer = client.post(JOIN, answers(given_name="x" * 300))
    assert "80 lettres au plus" in words(answer.content)


@pytest.mark.parametrize("name", ["محمد", "\u202eEiram", "👩‍🌾"])
def test_a_name_in_any_script_goes_through(client: Client, village: Village, name: str) -> None:
    posted(client, typed(client, given_name=name), code=code_for(MARIE))
    assert Person.objects.get().given_name == name


def test_the_short_address_leads_there_and_an_unknown_shop_nowhere(client: Client, village: Village) -> None:
    assert client.get("/r/la-brassee/").headers["Location"] == JOIN
    assert client.get("/r/au-bon-levain/").status_code == 404
    assert client.get("/rejoindre/au-bon-levain/").status_code == 404


def test_nobody_joins_a_suspended_shop(client: Client, village: Village) -> None:
    village.florist.suspended_at = clock.now()
    village.florist.save()
    assert client.get(JOIN).status_code == 404


def test_a_printed_code_works_when_a_second_territory_comes(client: Client, village: Village) -> None:
    there = builders.territory(slug="val", codes=["94071"])
    assert client.get(JOIN).status_code == 200
    builders.shop(on=there, slug="la-brassee-du-val")
    assert client.get(JOIN).status_code == 200  # a short name is one organisation's
    assert client.get("/t/val/rejoindre/la-brassee/").status_code == 404
    assert client.get(f"/t/plateau-briard{JOIN}").status_code == 200


def test_a_get_writes_nothing(client: Client, village: Village) -> None:
    code_page = typed(client)
    client.get(f"{code_page}?code={code_for(MARIE)}")
    assert not Person.objects.exists()


# --- The code -------------------------------------------------------------------------------------------------------


def test_joining_takes_a_code_and_opens_ones_own_page(client: Client, village: Village) -> None:
    code_page = typed(client, likes=["fleurs"])
    assert MARIE in read(client, code_page)
    answer = posted(client, code_page, code=code_for(MARIE))
    done = read(client, answer.headers["Location"])
    assert "La Brassée peut vous écrire" in done
    assert "Deux annonces par semaine au plus" in done
    assert "Vous aimez les fleurs" in read(client, reverse("pages:me"))


def test_the_link_of_the_mail_shows_the_code_and_confirms_nothing(client: Client, village: Village) -> None:
    typed(client)
    code = code_for(MARIE)
    link = re.search(r"http://localhost:8000(\S+)", notices(MARIE)[-1].get_content())
    assert link
    page = Client().get(link[1]).content.decode()
    assert f'value="{code}"' in page
    assert not ConsentEvent.objects.exists()


def test_another_browser_confirms_and_does_not_open_the_page(client: Client, village: Village) -> None:
    """A mail passed on to a neighbour confirms at most what its owner typed."""
    code_page, elsewhere = typed(client), Client()
    answer = posted(elsewhere, code_page, code=code_for(MARIE))
    assert "La Brassée peut vous écrire" in read(elsewhere, answer.headers["Location"])
    assert elsewhere.get(reverse("pages:me")).headers["Location"] == reverse("pages:me-enter")
    assert ConsentEvent.objects.count() == 1


def test_a_code_with_spaces_is_the_same_code(client: Client, village: Village) -> None:
    code_page = typed(client)
    code = code_for(MARIE)
    assert posted(client, code_page, code=f" {code[:3]}\u00a0{code[3:]} ").status_code == 302


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦"])
def test_what_is_no_code_is_told_what_one_looks_like(client: Client, village: Village, code: str) -> None:
    assert re.search("six chiffres|Recopiez le code", words(posted(client, typed(client), code=code).content))
    assert SignUp.objects.get().tries == 0


def test_each_way_to_fail_has_its_sentence_and_a_way_out(client: Client, village: Village) -> None:
    with clock.frozen(TUESDAY):
        code_page = typed(client)
        wrong = other_than(code_for(MARIE))
        pages = [words(posted(client, code_page, code=wrong).content) for _ in range(6)]
    assert "Ce code n’est pas le bon" in pages[4]
    assert "Cinq codes ont été essayés" in pages[5]
    with clock.frozen(TUESDAY + codes.LIFE):
        late = words(posted(client, code_page, code=wrong).content)
    assert "plus de trente minutes" in late
    assert all("Recevoir un autre code" in page for page in (*pages, late))


def test_another_code_is_one_press_away(client: Client, village: Village) -> None:
    with clock.frozen(TUESDAY):
        code_page = typed(client)
        code_for(MARIE)
    with clock.frozen(TUESDAY + codes.LIFE):
        again = posted(client, code_page.replace("/code/", "/encore/")).headers["Location"]
        assert again != code_page
        assert posted(client, again, code=code_for(MARIE)).status_code == 302
    assert Person.objects.count() == 1


def test_pressing_twice_coming_back_and_pressing_again_is_once(client: Client, village: Village) -> None:
    code_page = typed(client)
    assert typed(client) == code_page
    code = code_for(MARIE)
    done = posted(client, code_page, code=code).headers["Location"]
    assert posted(client, code_page, code=code).headers["Location"] == done
    assert client.get(code_page).headers["Location"] == done
    assert posted(client, code_page.replace("/code/", "/encore/")).headers["Location"] == done
    assert len(notices(MARIE)) == ConsentEvent.objects.count() == Person.objects.count() == 1


def test_the_last_page_is_not_shown_before_the_code(client: Client, village: Village) -> None:
    code_page = typed(client)
    assert client.get(code_page.replace("/code/", "/fait/")).headers["Location"] == code_page


def test_a_forgotten_or_altered_link_says_where_to_begin_again(client: Client, village: Village) -> None:
    code_page = typed(client)
    assert "Recommencez depuis la vitrine" in read(client, code_page[:-3] + "xx/", status=410)
    SignUp.objects.all().delete()
    assert "Recommencez depuis la vitrine" in read(client, code_page, status=410)


def test_whoever_reads_on_paper_is_told_that_an_email_would_not_come(client: Client, village: Village) -> None:
    builders.customer(village.wines, email=MARIE, given_name="Marie", channel=Channel.PAPER)
    done = posted(client, typed(client), code=code_for(MARIE)).headers["Location"]
    assert "Vous recevez aujourd’hui vos annonces sur papier." in read(client, done)


# --- Nobody learns who is known, and nobody is bombed ---------------------------------------------------------------


def seen_by(email: str) -> list[tuple[int, int, str]]:
    """All that a visitor can observe while joining with an address: status, questions to the database, text."""
    client = Client()
    seen, code_page = [watched(client, "POST", JOIN, answers(email=email))], last_page(client)
    code = code_for(email)
    seen.append(watched(client, "GET", code_page))
    seen.append(watched(client, "POST", code_page, {"code": other_than(code)}))
    client.post(code_page, {"code": code})
    seen.append(watched(client, "GET", code_page.replace("/code/", "/fait/")))
    own = re.compile("|".join([re.escape(email), re.escape(code_page.split("/")[-2]), r'value="\d{6}"']))
    return [(status, asked, own.sub("", text)) for status, asked, text in seen]


def watched(client: Client, method: str, url: str, data: dict[str, Any] | None = None) -> tuple[int, int, str]:
    with CaptureQueriesContext(connection) as queries:
        page = client.post(url, data) if method == "POST" else client.get(url)
    return page.status_code, len(queries), without_token(page.content)


def last_page(client: Client) -> str:
    one = SignUp.objects.get(pk=client.session["sign_up"])
    return reverse("pages:join-code", args=[one.sender.slug, sign_up_token(one)])


def test_joining_shows_the_same_whether_the_address_is_known_or_not(village: Village) -> None:
    builders.customer(village.wines, email=MARIE, given_name="Marie", rhythm=2)
    assert seen_by(MARIE) == seen_by("jeanne@courriel.example")


def test_an_address_typed_fifty_times_meets_the_same_page_each_time(client: Client, village: Village) -> None:
    pages = set()
    for number in range(50):
        code_page = typed(client, given_name=f"Marie {number}")
        text = without_token(client.get(code_page).content)
        pages.add(text.replace(code_page.split("/")[-2], ""))
    assert len(pages) == 1
    code_for(MARIE)
    assert len(notices(MARIE)) == 3


@pytest.mark.parametrize("address", [JOIN, "/r/la-brassee/"])
def test_joining_costs_few_queries(client: Client, village: Village, address: str) -> None:
    for number in range(12):
        builders.announcement(village.florist, interests=["fleurs", "jardin"], title=f"Dit {number}")
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) <= 10
