import pytest

from parvis.core.actors import SYSTEM
from parvis.core.models import AuditEntry
from parvis.territory.actions import (
    BadHost,
    BadTerritory,
    HostTaken,
    TerritoryExists,
    UnknownCommunes,
    create_territory,
    set_host,
)
from parvis.territory.models import Commune, Territory

pytestmark = pytest.mark.django_db


def make(
    slug: str = "mayotte", codes: tuple[str, ...] = ("97611", "97615", "97610"), name: str = "Mayotte"
) -> Territory:
    return create_territory(slug=slug, name=name, insee_codes=codes, by=SYSTEM)


def test_a_territory_is_made_of_its_communes() -> None:
    territory = make()
    assert [commune.name for commune in territory.communes.all()] == ["Koungou", "Mamoudzou", "Pamandzi"]
    assert territory.of_name == "de Mayotte"


def test_the_plateau_keeps_contours_centroids_population_and_postcodes() -> None:
    create_territory(
        slug="plateau-briard",
        name="Plateau briard",
        of_name="du Plateau briard",
        insee_codes=["94056"],
        by=SYSTEM,
    )
    commune = Commune.objects.get(insee="94056")
    assert (commune.name, commune.slug, commune.postcodes, commune.population) == (
        "Périgny",
        "perigny",
        "94520",
        2724,
    )
    assert (commune.longitude, commune.latitude) == (2.56121, 48.69666)
    assert commune.contour["type"] == "Polygon"


def test_a_creation_is_audited() -> None:
    territory = make()
    entry = AuditEntry.objects.get(verb="territory.create")
    assert entry.target == f"territory:{territory.pk}"
    assert entry.detail["communes"] == ["97611", "97615", "97610"]


def test_creating_it_twice_changes_nothing() -> None:
    first = make()
    again = make(codes=("97610", " 97611", "97615", "97615"), name="Autre nom")
    assert (again.pk, again.name) == (first.pk, "Mayotte")
    assert Territory.objects.count() == AuditEntry.objects.count() == 1


def test_a_slug_taken_by_other_communes_is_refused_by_name() -> None:
    make()
    with pytest.raises(TerritoryExists) as refusal:
        make(codes=("97611",))
    assert "« Mayotte »" in refusal.value.sentence
    assert "Koungou, Mamoudzou, Pamandzi" in refusal.value.sentence


def test_two_territories_may_share_a_commune() -> None:
    make()
    make(slug="petite-terre", codes=("97615",), name="Petite-Terre")
    assert Commune.objects.get(insee="97615").territories.count() == 2


def test_each_unknown_code_is_named() -> None:
    with pytest.raises(UnknownCommunes) as refusal:
        make(codes=("97611", "99998", "99999"))
    assert "99998" in refusal.value.sentence
    assert "99999" in refusal.value.sentence
    assert "97611" not in refusal.value.sentence
    assert not Territory.objects.exists()
    assert not Commune.objects.exists()


def test_a_merged_commune_is_told_with_its_new_code() -> None:
    with pytest.raises(UnknownCommunes) as refusal:
        make(codes=("77170",))
    assert "77170 (Épisy)" in refusal.value.sentence
    assert "Moret-Loing-et-Orvanne, code 77316" in refusal.value.sentence


def test_a_renumbered_commune_is_told_with_its_new_code() -> None:
    with pytest.raises(UnknownCommunes, match="cette commune est Villecresnes, code 94075"):
        make(codes=("78663",))


def test_a_postcode_is_not_taken_for_a_commune() -> None:
    with pytest.raises(UnknownCommunes) as refusal:
        make(codes=("94440",))
    assert "code postal" in refusal.value.sentence
    assert "Villecresnes (94075)" in refusal.value.sentence


@pytest.mark.parametrize("slug", ["", "Plateau Briard", "périgny", "a/b", "x" * 51])
def test_a_bad_slug_is_refused_with_a_better_one(slug: str) -> None:
    with pytest.raises(BadTerritory, match=r"Écrivez par exemple « [a-z0-9-]{1,50} »"):
        make(slug=slug)


@pytest.mark.parametrize("name", ["  ", "x" * 81])
def test_a_bad_name_is_refused(name: str) -> None:
    with pytest.raises(BadTerritory, match="nom du territoire"):
        make(name=name)


def test_a_territory_without_commune_is_refused() -> None:
    with pytest.raises(BadTerritory, match="Aucune commune"):
        make(codes=(" ", ""))


def test_of_two_communes_of_one_name_the_second_bears_its_code_in_its_address() -> None:
    """Marolles-en-Brie is in the Val-de-Marne and in Seine-et-Marne, an hour's walk apart."""
    make("plateau", ("94048",), "Plateau")
    make("val", ("77278", "94048"), "Val")
    make("plateau-2", ("77278",), "Autre")
    assert dict(Commune.objects.values_list("insee", "slug")) == {
        "94048": "marolles-en-brie",
        "77278": "marolles-en-brie-77278",
    }


def test_two_communes_of_one_name_may_come_together() -> None:
    make("perigny", ("94056", "41174", "14496"), "Les Périgny")
    assert len(set(Commune.objects.values_list("slug", flat=True))) == 3


def test_a_commune_keeps_its_address_when_its_name_changes() -> None:
    make("plateau", ("94048",), "Plateau")
    Commune.objects.update(name="Marolles", slug="marolles")
    make("val", ("94048",), "Val")
    commune = Commune.objects.get()
    assert (commune.name, commune.slug) == ("Marolles-en-Brie", "marolles")


def test_a_territory_has_a_host_name_of_its_own_kept_as_browsers_send_it() -> None:
    territory = create_territory(
        slug="mayotte", name="Mayotte", insee_codes=["97611"], host=" Mayotte.Example. ", by=SYSTEM
    )
    assert territory.host == "mayotte.example"
    for typed, kept in (("autre.example", "autre.example"), ("AUTRE.example", "autre.example"), ("", "")):
        set_host(territory=territory, host=typed, by=SYSTEM)
        territory.refresh_from_db()
        assert territory.host == kept
    entries = AuditEntry.objects.filter(verb="territory.host").order_by("pk")
    assert [entry.detail["host"] for entry in entries] == ["autre.example", ""]


@pytest.mark.parametrize(
    "host",
    ["https://a.example", "a.example:8000", "a.example/x", "périgny.example", "a b", "-a.example", "a..b", "x" * 121],
)
def test_what_is_no_host_name_is_refused(host: str) -> None:
    territory = make()
    with pytest.raises(BadHost, match="n’est pas un nom d’hôte"):
        set_host(territory=territory, host=host, by=SYSTEM)
    territory.refresh_from_db()
    assert territory.host == ""


def test_two_territories_do_not_have_one_host_name() -> None:
    set_host(territory=make(), host="a.example", by=SYSTEM)
    with pytest.raises(HostTaken, match="« Mayotte »"):
        create_territory(slug="autre", name="Autre", insee_codes=["97611"], host="A.example", by=SYSTEM)
    assert not Territory.objects.filter(slug="autre").exists()


def test_creating_it_again_under_another_host_name_says_how_to_change_it() -> None:
    make()
    with pytest.raises(TerritoryExists, match=r"bin/parvis territory host --slug mayotte --host a\.example"):
        create_territory(
            slug="mayotte", name="Mayotte", insee_codes=["97611", "97615", "97610"], host="a.example", by=SYSTEM
        )
