"""Two territories on one installation, with the same names: each page shows its own, and none breaks."""

import re
from email import message_from_bytes
from email.policy import default
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from parvis.accounts.actions import OrganisationExists, create_organisation
from parvis.accounts.models import Organisation
from parvis.contacts.actions import Answers, send_waiting_codes, sign_up, sign_up_token
from parvis.delivery.actions import carry_due
from parvis.directory.models import Business
from parvis.directory.queries import shown
from parvis.rounds.actions import run_due
from parvis.territory.models import Commune, Territory
from parvis.territory.queries import absolute
from tests import builders

pytestmark = pytest.mark.django_db
# Marolles-en-Brie, in the Val-de-Marne and in Seine-et-Marne.
HERE, THERE = "94048", "77278"


@pytest.fixture
def here() -> Territory:
    return _territory("plateau", "Plateau", HERE)


@pytest.fixture
def there(here: Territory) -> Territory:
    """The second one, whose name comes first."""
    return _territory("autre", "Autre Marolles", THERE)


def _territory(slug: str, name: str, insee: str) -> Territory:
    territory = builders.territory(slug=slug, codes=[insee])
    territory.name = name
    territory.save()
    return territory


def florist(on: Territory, slug: str) -> Organisation:
    """Every territory has its Brassée, in its Marolles-en-Brie."""
    return create_organisation(
        territory=on,
        kind=Organisation.Kind.SHOP,
        name="La Brassée",
        slug=slug,
        commune=on.communes.get(),
        by=builders.BY,
    )


def listed(on: Territory, siret: str) -> Business:
    return Business.objects.create(
        commune=on.communes.get(), siret=siret, name="Au Pain Doré", category="boulangerie", active=True, listed=True
    )


def under(territory: Territory, name: str, *arguments: Any) -> str:
    return f"/t/{territory.slug}{reverse(name, args=arguments)}"


def read(client: Client, territory: Territory, name: str, *arguments: Any) -> str:
    answer = client.get(under(territory, name, *arguments))
    assert answer.status_code == 200
    return answer.content.decode()


def masthead(territory: Territory) -> str:
    return f'<span class="masthead__territory">{territory.name}</span>'


def test_each_territory_has_its_own_agenda_and_the_bare_address_names_both(
    here: Territory, there: Territory, client: Client
) -> None:
    builders.announcement(florist(here, "la-brassee"), title="Nouveauté d’ici")
    builders.announcement(florist(there, "la-brassee-marolles"), title="Nouveauté de là")
    for territory, own, other in ((here, "d’ici", "de là"), (there, "de là", "d’ici")):
        page = read(client, territory, "pages:home")
        assert masthead(territory) in page
        assert f"Nouveauté {own}" in page
        assert f"Nouveauté {other}" not in page
    bare = client.get("/").content.decode()
    assert under(here, "pages:home") in bare
    assert under(there, "pages:home") in bare
    assert "Nouveauté" not in bare


def test_one_short_name_names_one_organisation_whatever_its_territory(here: Territory, there: Territory) -> None:
    florist(here, "la-brassee")
    with pytest.raises(OrganisationExists, match="la-brassee-marolles-en-brie-77278"):
        florist(there, "la-brassee")


def test_a_window_and_an_announcement_are_those_of_their_own_territory(
    here: Territory, there: Territory, client: Client
) -> None:
    for territory, other, slug in ((here, there, "la-brassee"), (there, here, "la-brassee-marolles")):
        shop = florist(territory, slug)
        said = builders.announcement(shop, title=f"Nouveauté de {territory.name}")
        for name, argument in (("pages:window", slug), ("announcements:page", said.pk)):
            page = read(client, territory, name, argument)
            assert said.title in page
            assert masthead(territory) in page
            assert client.get(under(other, name, argument)).status_code == 404
            moved = client.get(reverse(name, args=[argument]))
            assert moved.headers["Location"].endswith(under(territory, name, argument))


def test_a_desk_is_that_of_its_own_territory(here: Territory, there: Territory, client: Client) -> None:
    florist(here, "la-brassee")
    shop = florist(there, "la-brassee-marolles")
    client.force_login(builders.user(of=shop), backend="allauth.account.auth_backends.AuthenticationBackend")
    bare = client.get(reverse("pages:organisation", args=[shop.slug])).content.decode()
    for page in (bare, read(client, there, "pages:organisation", shop.slug)):
        assert masthead(there) in page
    assert client.get(under(here, "pages:organisation", "la-brassee")).status_code == 404
    # Under the other territory's address it is neither shown nor written to.
    moved = client.get(f"{under(here, 'pages:customers', shop.slug)}?q=odile")
    assert moved.headers["Location"] == f"{settings.BASE_URL}{under(there, 'pages:customers', shop.slug)}?q=odile"
    assert client.post(under(here, "pages:compose", shop.slug)).status_code == 404
    assert not shop.drafts.exists()
    there.host = "val.example"
    there.save()
    moved = client.get(under(here, "pages:organisation", shop.slug))
    assert urlsplit(moved.headers["Location"]).hostname == "val.example"
    assert urlsplit(moved.headers["Location"]).path == reverse("pages:organisation", args=[shop.slug])


def test_what_follows_a_sign_up_is_that_of_its_own_territory(here: Territory, there: Territory, client: Client) -> None:
    shop = florist(there, "la-brassee-marolles")
    words = builders.wording("web-email")
    one = sign_up(sender=shop, answers=Answers("marie@courriel.example"), wording=words, visitor="")
    asked = [shop.slug, sign_up_token(one)]
    for name in ("pages:join-code", "pages:join-done"):
        moved = client.get(under(here, name, *asked))
        assert moved.headers["Location"] == f"{settings.BASE_URL}{under(there, name, *asked)}"
    for name in ("pages:join-code", "pages:join-again"):
        assert client.post(under(here, name, *asked), {"code": "000000"}).status_code == 404
    one.refresh_from_db()
    assert one.tries == 0
    assert client.get(under(there, "pages:join-code", *asked)).status_code == 200


def test_the_links_of_a_letter_are_on_its_own_territorys_name(
    here: Territory, there: Territory, settings: Any, tmp_path: Path
) -> None:
    settings.OUTBOX = tmp_path
    there.host = "val.example"
    there.save()
    shop = florist(there, "la-brassee-marolles")
    record = builders.customer(shop, email="marie@courriel.example")
    builders.announcement(shop, title="Nouveauté de là")
    builders.due_round(there)
    run_due()
    carry_due()
    sign_up(sender=shop, answers=Answers("paul@courriel.example"), wording=builders.wording("web-email"), visitor="")
    send_waiting_codes()
    letters = [path.read_bytes() for path in (tmp_path / "mail" / "new").iterdir()]
    mails = [message_from_bytes(one, policy=default) for one in letters]
    assert {parseaddr(mail["To"])[1] for mail in mails} >= {record.email, "paul@courriel.example"}
    for mail in mails:
        body = mail.get_body(("plain",))
        assert body
        text = body.get_content() + str(mail["List-Unsubscribe"])
        assert {urlsplit(link).hostname for link in re.findall(r"https?://[^\s<>]+", text)} == {"val.example"}


def test_an_address_written_under_a_path_is_read_under_the_territorys_own_name(there: Territory) -> None:
    there.host = "val.example"
    assert urlsplit(absolute(there, "/t/autre/bureau/")).path == "/bureau/"
    assert urlsplit(absolute(there, "/bureau/")).path == "/bureau/"
    assert absolute(None, "/bureau/") == f"{settings.BASE_URL}/bureau/"


def test_communes_and_businesses_of_one_name_keep_to_their_own(
    here: Territory, there: Territory, client: Client
) -> None:
    mine, theirs = listed(here, "12345678900011"), listed(there, "12345678900029")
    assert (list(shown(here)), list(shown(there))) == ([mine], [theirs])
    for territory, own, other in ((here, mine, theirs), (there, theirs, mine)):
        for name, arguments in (
            ("directory:commune", [territory.communes.get().slug]),
            ("directory:category", ["boulangerie"]),
        ):
            page = read(client, territory, name, *arguments)
            assert own.siret in page
            assert other.siret not in page
            assert masthead(territory) in page
        assert masthead(territory) in read(client, territory, "directory:business", own.siret)
        assert client.get(under(territory, "directory:business", other.siret)).status_code == 404


def test_a_business_of_any_territory_is_taken_down_by_its_own_page(
    here: Territory, there: Territory, client: Client
) -> None:
    mine, theirs = listed(here, "12345678900011"), listed(there, "12345678900029")
    assert client.post(under(here, "directory:delist", theirs.siret)).status_code == 404
    assert client.post(under(there, "directory:delist", theirs.siret)).status_code == 302
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert mine.delisted_at is None
    assert theirs.delisted_at is not None


def test_a_commune_of_two_territories_shows_under_both(here: Territory, client: Client) -> None:
    other = _territory("autre", "Autre Marolles", HERE)
    business = listed(here, "12345678900011")
    for territory in (here, other):
        assert masthead(territory) in read(client, territory, "directory:business", business.siret)
    assert [commune.pk for commune in Commune.objects.all()] == [HERE]


def test_a_shop_of_a_shared_commune_is_seen_under_both_and_keeps_its_one_window(
    here: Territory, client: Client
) -> None:
    other = _territory("autre", "Autre Marolles", HERE)
    shop = florist(here, "la-brassee")
    business = listed(here, "12345678900011")
    business.organisation = shop
    business.save()
    place = here.communes.get().slug
    for name, arguments in (
        ("directory:commune", [place]),
        ("directory:category", ["boulangerie"]),
        ("pages:home", []),
    ):
        assert "La Brassée" in read(client, other, name, *arguments)
    assert "La Brassée" in client.get(f"{under(other, 'pages:search')}?q=brassée").content.decode()
    moved = client.get(under(other, "directory:business", business.siret), follow=True)
    own = under(here, "pages:window", shop.slug)
    assert [urlsplit(url).path for url, _ in moved.redirect_chain] == [under(other, "pages:window", shop.slug), own]
    assert moved.status_code == 200
    assert masthead(here) in moved.content.decode()
    assert client.post(under(other, "pages:join", shop.slug), {"email": "a@courriel.example"}).status_code == 404
    # What it says stays in its own territory's agenda, and so does its line in the sitemap.
    assert own not in client.get(under(other, "pages:sitemap")).content.decode()
