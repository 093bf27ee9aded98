import dataclasses
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parvis.contacts import reference
from parvis.contacts.models import Interest, Wording
from parvis.contacts.reference import (
    ReferenceDataError,
    interest_tree,
    load_interests,
    load_reference,
    load_wordings,
    wordings,
)
from parvis.contacts.rules import DECAY, DEFAULT_RHYTHM, Basis, Channel, closure, judge
from parvis.contacts.words import Node, nodes
from parvis.core.typography import no_break

Replace = Callable[..., None]


@pytest.fixture
def listing(monkeypatch: pytest.MonkeyPatch) -> Replace:
    """Loads another list than the file's."""

    def load(*listed: Node) -> None:
        monkeypatch.setattr(reference, "nodes", lambda: listed)
        load_interests()

    return load


@pytest.fixture
def wording_file(monkeypatch: pytest.MonkeyPatch) -> Replace:
    def load(*listed: Wording) -> None:
        monkeypatch.setattr(reference, "wordings", lambda: list(listed))
        load_wordings()

    return load


def node(slug: str, *parents: str, alcohol: bool = False) -> Node:
    return Node(slug, slug.capitalize(), f"le {slug}", parents, alcohol, (), ())


def wording(text: str = "Une phrase.", version: int = 1, channel: str = "email") -> Wording:
    return Wording(key="essai", version=version, channel=channel, basis="consent", text=text)


def pk(slug: str) -> int:
    return Interest.objects.get(slug=slug).pk


# --- The files

LISTED = {n.slug: n for n in nodes()}
ABOVE = closure({i: [list(LISTED).index(p) for p in n.parents] for i, n in enumerate(nodes())})
ANCESTORS = {n.slug: {nodes()[a].slug for a in ABOVE[i]} for i, n in enumerate(nodes())}


def test_the_list_has_about_150_interests_under_a_dozen_roots() -> None:
    assert 140 <= len(nodes()) <= 170
    assert 10 <= sum(not n.parents for n in nodes()) <= 15


def test_every_parent_is_listed_once_and_some_have_several() -> None:
    assert all(set(n.parents) <= set(LISTED) and len(set(n.parents)) == len(n.parents) for n in nodes())
    assert set(LISTED["whiskys-japonais"].parents) == {"whiskys", "japon"}
    assert set(LISTED["ateliers-floraux"].parents) == {"ateliers", "fleurs"}


def test_no_parent_is_also_reached_through_another_parent() -> None:
    for n in nodes():
        for parent in n.parents:
            others = set(n.parents) - {parent}
            assert not any(parent in ANCESTORS[other] for other in others), n.slug


def test_names_slugs_and_lengths_fit_the_table() -> None:
    assert len({n.name for n in nodes()}) == len(nodes())
    for n in nodes():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", n.slug)
        assert len(n.slug) <= 50
        assert len(n.name) <= 60
        assert len(n.liked) <= 80
        assert "'" not in n.name + n.liked, "the typographic apostrophe"


def test_what_is_liked_reads_well_after_vous_aimez() -> None:
    allowed = re.compile(r"(le|la|les|ce qui|faire) |l’")
    assert [n.slug for n in nodes() if not allowed.match(n.liked)] == []


def test_everything_under_alcohol_is_alcohol() -> None:
    drinks = {n.slug for n in nodes() if n.alcohol}
    assert {n.slug for n in nodes() if ANCESTORS[n.slug] & drinks} == drinks


def test_what_names_a_drink_is_marked_as_alcohol_and_tea_is_not() -> None:
    named = re.compile(r"\b(vins?|bières?|whiskys?|sakés?|rhums?|gins?|cidre|cognacs?|champagnes?|beaujolais)\b", re.I)
    assert [n.slug for n in nodes() if named.search(n.name) and not n.alcohol] == []
    soft = {"boissons-sans-alcool", "thes", "thes-japonais", "jus-de-fruits", "cafes", "japon", "boissons"}
    assert not any(LISTED[slug].alcohol for slug in soft)


def test_alcohol_and_childrens_activities_never_meet() -> None:
    assert not any(n.alcohol for n in nodes() if "enfants-et-famille" in ANCESTORS[n.slug])


def test_no_interest_tells_religion_health_politics_origin_or_sexuality() -> None:
    forbidden = re.compile(
        r"relig|églis|messe|pâques|noël|ramadan|halal|cash?er|sant[ée]\b|médic|pharmac|grossess|régime|gluten|politi"
        r"|élection|syndic|origine|ethni|sexu|gay|homo|rencontres amoureuses",
        re.I,
    )
    assert [n.slug for n in nodes() if forbidden.search(f"{n.name} {n.liked}")] == []


def test_no_word_is_a_demonym_alone_since_it_may_speak_of_a_person() -> None:
    demonym = re.compile(r"(japonais|italien|portugais|ecossais|francais|breton|alsacien|savoyard)(ne|ne?s|e|es|s)?")
    assert [w for n in nodes() for w in (n.name, *n.words, *n.exact) if demonym.fullmatch(w.lower())] == []


TEXTS = pytest.mark.parametrize("one", wordings(), ids=str)


@TEXTS
def test_a_wording_names_its_sender_once_and_says_how_to_stop_in_two_sentences(one: Wording) -> None:
    assert one.text.count("{sender}") == 1
    assert one.text.format(sender="La Brassée").count("{") == 0
    assert re.search(r"arrête|opposer", one.text)
    assert "sans frais" in one.text
    assert len(re.findall(r"[.?](?:\s|$)", one.text)) <= 2


@TEXTS
def test_a_wording_says_its_channel_and_its_limit(one: Wording) -> None:
    said = {"email": "courriel", "paper": r"sur papier|cette feuille", "phone": "téléphone"}
    assert re.search(said[one.channel], one.text)
    limit = "au plus quatre fois en trente jours" if one.channel == "phone" else "par semaine"
    assert limit in one.text


@TEXTS
def test_a_wording_is_well_typed(one: Wording) -> None:
    assert one.text == no_break(one.text).strip()
    assert "'" not in one.text
    assert "!" not in one.text
    assert "  " not in one.text


@TEXTS
def test_a_call_is_announced_within_the_hours_of_the_law(one: Wording) -> None:
    hours = no_break("du lundi au vendredi, de 10 h à 13 h et de 14 h à 20 h, jamais un jour férié")
    assert (hours in one.text) is (one.channel == "phone")


@TEXTS
def test_an_email_stops_by_its_own_link(one: Wording) -> None:
    assert ("lien" in one.text) is (one.channel == "email")


@TEXTS
def test_a_sale_serves_similar_products_by_email_and_never_the_telephone(one: Wording) -> None:
    assert (one.basis == Basis.SALE) is ("sale-" in one.key)
    assert ("semblables" in one.text) is (one.basis == Basis.SALE and one.channel == Channel.EMAIL)
    assert (one.basis, one.channel) != (Basis.SALE, Channel.PHONE)


def test_wordings_say_the_rhythm_of_who_says_nothing() -> None:
    said = [one for one in wordings() if "ne dis rien" in one.text or "ne dites rien" in one.text]
    assert DEFAULT_RHYTHM == 2
    assert len(said) == 12
    assert all("(deux si" in one.text for one in said)


def test_there_is_a_wording_for_each_way_of_saying_yes() -> None:
    keys = {one.key for one in wordings()}
    shop = {f"{how}-{c.value}" for how in ("web", "counter", "paper", "file") for c in Channel}
    sale = {f"{how}-{c}" for how in ("sale", "file-sale") for c in ("email", "paper")}
    territory = {f"territory-{how}-{c}" for how in ("web", "counter", "paper") for c in ("email", "paper")}
    assert keys == shop | sale | territory
    assert all(one.key.endswith(f"-{one.channel}") for one in wordings())


# --- The tables


@pytest.mark.django_db
def test_migrating_fills_both_tables_as_the_files_say() -> None:
    stored = Interest.objects.prefetch_related("parents")
    assert {(i.slug, i.name, i.liked, i.alcohol, frozenset(p.slug for p in i.parents.all())) for i in stored} == {
        (n.slug, n.name, n.liked, n.alcohol, frozenset(n.parents)) for n in nodes()
    }
    assert set(Wording.objects.values_list("key", "version", "text")) == {
        (w.key, w.version, w.text) for w in wordings()
    }


@pytest.mark.django_db
def test_loading_twice_writes_nothing() -> None:
    load_reference()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        load_interests()
        load_wordings()
    asked = [q["sql"] for q in queries if not re.match(r"(RELEASE )?SAVEPOINT", q["sql"])]
    assert len(asked) == 4
    assert all(sql.startswith("SELECT") for sql in asked)


@pytest.mark.django_db
def test_loading_from_nothing_takes_few_queries() -> None:
    Interest.parents.through.objects.all().delete()
    Interest.objects.all().delete()
    with CaptureQueriesContext(connection) as queries:
        load_interests()
    assert Interest.objects.count() == len(nodes())
    assert len(queries) <= 12


@pytest.mark.django_db
def test_a_changed_node_keeps_its_identity(listing: Replace) -> None:
    listing(node("vin", alcohol=True))
    before = pk("vin")
    listing(dataclasses.replace(node("vin", alcohol=True), name="Vins"))
    assert Interest.objects.get(pk=before).name == "Vins"


@pytest.mark.django_db
def test_a_node_that_left_the_file_is_retired_and_may_come_back(listing: Replace) -> None:
    listing(node("boire"), node("vin", "boire"))
    before = pk("vin")
    listing(node("boire"))
    assert Interest.objects.get(pk=before).retired
    listing(node("boire"), node("vin", "boire"))
    assert not Interest.objects.get(pk=before).retired


@pytest.mark.django_db
def test_a_node_that_moved_leaves_its_old_parent(listing: Replace) -> None:
    listing(node("boire"), node("manger"), node("glace", "boire"))
    listing(node("boire"), node("manger"), node("glace", "manger"))
    assert set(interest_tree().above[pk("glace")]) == {pk("glace"), pk("manger")}


@pytest.mark.django_db
def test_a_refusal_of_a_retired_node_still_holds_for_what_was_under_it(listing: Replace) -> None:
    listing(node("boire"), node("rhum", "boire"), node("rhum-vieux", "rhum"))
    refused = pk("rhum")
    listing(node("boire"), node("rhum-vieux", "boire"))
    tree = interest_tree()
    verdict = judge([pk("rhum-vieux")], likes={pk("boire")}, refusals={refused}, above=tree.above)
    assert verdict.refused


@pytest.mark.django_db
@pytest.mark.parametrize("listed", [[node("vin", "cave")], [node("vin", "cave"), node("cave", "vin")]])
def test_a_file_with_an_unknown_parent_or_a_loop_is_refused_and_nothing_is_written(
    listing: Replace, listed: list[Node]
) -> None:
    before = set(Interest.objects.values_list("slug", "retired"))
    with pytest.raises(ReferenceDataError):
        listing(*listed)
    assert set(Interest.objects.values_list("slug", "retired")) == before


@pytest.mark.django_db
def test_the_tree_takes_one_query_and_tells_alcohol_and_names() -> None:
    with CaptureQueriesContext(connection) as queries:
        tree = interest_tree()
    assert len(queries) == 1
    whisky = pk("whiskys-japonais")
    assert tree.above[whisky][pk("japon")] == 1
    assert tree.above[whisky][pk("boire-et-manger")] == 4
    assert whisky in tree.alcohol
    assert pk("japon") not in tree.alcohol
    assert (tree.names[whisky], tree.liked[whisky]) == ("Whiskys japonais", "le whisky japonais")


@pytest.mark.django_db
def test_the_tree_is_never_stale(listing: Replace) -> None:
    before = interest_tree()
    listing(*nodes(), node("nouveau", "japon"))
    assert set(interest_tree().above) - set(before.above) == {pk("nouveau")}


@pytest.mark.django_db
def test_the_shipped_tree_lets_a_like_of_japan_reach_its_whisky() -> None:
    verdict = judge([pk("whiskys-japonais")], likes={pk("japon")}, refusals=set(), above=interest_tree().above)
    assert verdict.score == DECAY


@pytest.mark.django_db
@pytest.mark.parametrize("changed", [wording("Une autre phrase."), wording(channel="paper")])
def test_a_wording_never_changes(wording_file: Replace, changed: Wording) -> None:
    wording_file(wording())
    with pytest.raises(ReferenceDataError, match="essai, version 1 never changes: write version 2"):
        wording_file(changed)
    assert Wording.objects.get(key="essai").text == "Une phrase."


@pytest.mark.django_db
def test_a_new_version_stands_beside_the_old_one_which_stays_even_when_unlisted(
    wording_file: Replace,
) -> None:
    wording_file(wording())
    wording_file(wording("Une autre phrase.", version=2))
    assert list(Wording.objects.filter(key="essai").order_by("version").values_list("text", flat=True)) == [
        "Une phrase.",
        "Une autre phrase.",
    ]


@pytest.mark.django_db
def test_unmigrating_contacts_loads_nothing(listing: Replace, monkeypatch: pytest.MonkeyPatch) -> None:
    listing(node("vin", alcohol=True))
    monkeypatch.setattr(connection.introspection, "table_names", lambda: ["core_auditentry"])
    monkeypatch.setattr(reference, "nodes", nodes)
    load_reference()
    assert not Interest.objects.get(slug="vin").retired
