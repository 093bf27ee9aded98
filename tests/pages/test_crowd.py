"""Nothing under ten is shown, and nothing under ten is left when what is shown is taken from the file (decision 6)."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from parvis.contacts.rules import Channel
from parvis.pages.crowd import crowd_parts
from parvis.rounds.rules import LABELS
from parvis.rounds.small_numbers import OTHER_REASONS, Told

ELIGIBLE = [f"eligible:{channel.value}" for channel in Channel]
REASONS = [reason for reason in LABELS if reason not in ("held", "told")]
SOME = st.integers(0, 25) | st.integers(0, 400)
COUNTS = st.dictionaries(st.sampled_from([*ELIGIBLE, *REASONS]), SOME)


def left_by(size: int, shown: list[int]) -> set[int]:
    """What remains of a known size when any of the shown numbers are taken away, all of them apart."""
    some = (subset for n in range(1, len(shown)) for subset in combinations(shown, n))
    return {size - sum(subset) for subset in some}


@given(COUNTS)
def test_no_number_under_ten_is_shown_or_left_by_subtraction(counts: dict[str, int]) -> None:
    shown = crowd_parts(counts)
    dots = [part["count"] for part in shown["parts"]]
    channels = [n for _, n in shown["by_channel"]]
    assert all(n >= 10 for n in [*dots, *channels])
    assert all(n >= 10 for n in left_by(sum(counts.values()), dots))
    assert all(n >= 10 for n in left_by(shown["crowd"].hear, channels))
    assert not dots or sum(dots) == sum(counts.values())


@given(COUNTS)
def test_the_number_who_hear_is_exact_only_where_both_sides_are_large(counts: dict[str, int]) -> None:
    crowd = crowd_parts(counts)["crowd"]
    rest = sum(counts.values()) - crowd.hear
    assert (not crowd.few and not crowd.most) == (crowd.hear >= 10 and rest >= 10)
    assert not (crowd.few and crowd.most)
    assert crowd.few == (crowd.hear < 10)


@given(COUNTS)
def test_a_crowd_told_in_words_holds_no_number_at_all(counts: dict[str, int]) -> None:
    shown = crowd_parts(counts)
    if shown["crowd"].few or shown["crowd"].most:
        assert shown["parts"] == shown["by_channel"] == shown["crowd"].others == []


@given(COUNTS)
def test_a_reason_is_named_only_where_ten_or_more_have_it(counts: dict[str, int]) -> None:
    """To name one is to say that somebody has it: with one customer in the file, that is a name."""
    crowd = crowd_parts(counts)["crowd"]
    large = {LABELS[reason] for reason in REASONS if counts.get(reason, 0) >= 10}
    assert set(crowd.reasons) <= large | {OTHER_REASONS}
    if sum(counts.get(reason, 0) for reason in REASONS) < 10:
        assert crowd.reasons == []


@given(st.dictionaries(st.sampled_from([*ELIGIBLE, *REASONS]), st.integers(1, 3), max_size=3))
def test_nothing_at_all_is_told_of_a_file_under_ten(counts: dict[str, int]) -> None:
    shown = crowd_parts(counts)
    assert shown["crowd"] == Told(shown["crowd"].hear, few=True)
    assert shown["parts"] == shown["by_channel"] == []


def test_channels_that_few_use_are_told_together() -> None:
    shown = crowd_parts({"eligible:email": 30, "eligible:paper": 8, "eligible:phone": 4, "pause": 10})
    assert shown["by_channel"] == [("par courriel", 30), ("par d’autres moyens", 12)]
