"""News that climbs the ladder has exactly the receivers that the house says."""

from typing import Any

from django.dispatch import Signal

from parvis.core.signals import notice_requested


def receivers(signal: Signal) -> list[str]:
    """Dotted names of the living receivers."""
    alive = [entry[1]() for entry in signal.receivers]
    return [f"{one.__module__}.{one.__qualname__}" for one in alive if one is not None]


def strangers(signal: Signal, wanted: str) -> list[str]:
    """What is wrong with the receivers: the wanted one missing or doubled, and any other."""
    found = receivers(signal)
    missing = [f"{wanted} received {found.count(wanted)} times"] if found.count(wanted) != 1 else []
    return missing + [name for name in found if name != wanted]


WANTED = "parvis.delivery.notices.on_notice_requested"


def test_a_notice_is_received_by_delivery_alone() -> None:
    assert strangers(notice_requested, WANTED) == []


def test_a_planted_second_receiver_is_seen() -> None:
    def planted(**_: Any) -> None: ...

    signal = Signal()
    assert strangers(signal, WANTED) == [f"{WANTED} received 0 times"]
    signal.connect(planted)
    assert strangers(signal, f"{__name__}.other") == [
        f"{__name__}.other received 0 times",
        f"{__name__}.test_a_planted_second_receiver_is_seen.<locals>.planted",
    ]
