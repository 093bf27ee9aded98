"""Two territories on one installation, with the same names: each page shows its own, and none breaks."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from parvis.accounts.actions import OrganisationExists, create_organisation
from parvis.accounts.models import Organisation
from parvis.directory.models import Business
from parvis.directory.queries import shown
from parvis.territory.models import Commune, Territory
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
