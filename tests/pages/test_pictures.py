"""Rule 10: what is not to be seen takes its picture with it, whatever address one kept."""

from typing import Any

from django.test import Client

from parvis.accounts.actions import reopen, suspend
from parvis.accounts.rules import Role
from parvis.announcements.actions import begin_draft, hold, illustrate_draft, release, withdraw
from parvis.directory.windows import change_window
from parvis.photos.models import Photo
from parvis.photos.queries import photo_url
from tests import builders
from tests.builders import BY

from .conftest import Village, signed_in
from .showing import photo


def seen(client: Client, one: Photo) -> Any:
    """Read to its end, which closes it: closing it by hand would take PostgreSQL's connection along."""
    response = client.get(photo_url(one.key))
    b"".join(response)
    return response


def closed(client: Client, one: Photo) -> bool:
    """For this visitor: gone, even from the browser that had it, which keeps nothing of the answer."""
    response = seen(client, one)
    again = client.get(photo_url(one.key), headers={"If-None-Match": f'"{one.key}-800-jpg"'})
    assert (response.status_code, again.status_code) in {(200, 304), (410, 410)}
    if again.status_code == 410:
        assert again["Cache-Control"] == "no-store"
    return again.status_code == 410


def test_what_is_held_withdrawn_or_suspended_hides_its_picture(client: Client, village: Village) -> None:
    florist, keeper = village.florist, village.association
    said, one = builders.announcement(florist), photo(florist)
    said.photo = one
    said.save()
    assert not closed(client, one)
    hold(announcement=said, why="On y voit un enfant.", keeper=keeper, by=BY)
    assert closed(client, one)
    said.refresh_from_db()
    release(announcement=said, keeper=keeper, by=BY)
    assert not closed(client, one)
    suspend(organisation=florist, why="Une raison.", keeper=keeper, by=BY)
    assert closed(client, one)
    reopen(organisation=florist, keeper=keeper, by=BY)
    said.refresh_from_db()
    withdraw(announcement=said, by=BY)
    assert closed(client, one)


def test_its_own_desk_and_whoever_decides_of_it_still_see_it(village: Village, client: Client) -> None:
    said, one = builders.announcement(village.florist), photo(village.florist)
    said.photo = one
    said.save()
    hold(announcement=said, why="On y voit un enfant.", keeper=village.association, by=BY)
    observer = builders.user(of=village.florist, role=Role.OBSERVER)
    for user in (village.owner, village.delegate, observer):
        assert not closed(signed_in(user), one)
        response = seen(signed_in(user), one)
        assert response["Cache-Control"] == "no-store"
    looker = builders.user(of=village.association, role=Role.OBSERVER)
    for user in (village.merchant, looker):
        assert closed(signed_in(user), one)


def test_a_picture_of_a_draft_or_of_nothing_is_its_desks_alone(client: Client, village: Village) -> None:
    one, drafted = photo(village.florist), photo(village.florist)
    draft = begin_draft(organisation=village.florist, author=village.owner, by=BY)
    illustrate_draft(draft=draft, photo=drafted, by=BY)
    for each in (one, drafted):
        assert closed(client, each)
        assert not closed(signed_in(village.owner), each)


def test_a_window_shows_its_picture_until_it_is_closed(client: Client, village: Village) -> None:
    cover = photo(village.florist)
    change_window(organisation=village.florist, cover=cover, by=BY)
    assert not closed(client, cover)
    suspend(organisation=village.florist, why="Une raison.", keeper=village.association, by=BY)
    assert closed(client, cover)
    assert not closed(signed_in(village.owner), cover)
