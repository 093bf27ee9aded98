"""Foreign keys go down the ladder, migrations are written, and no table forgets whom it speaks of."""

from collections.abc import Collection, Iterable

from django.apps import apps as django_apps
from django.core.management import call_command
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.test.utils import isolate_apps
from django.utils import translation

from parvis.announcements.models import Announcement
from parvis.contacts.models import Person
from parvis.core import personal

from .tree import ROOT, rungs

Model = type[models.Model]


def our_models() -> list[Model]:
    found = django_apps.get_models(include_auto_created=True)
    return [model for model in found if model.__module__.startswith("parvis.")]


def points_to(model: Model) -> dict[str, Model]:
    """The fields of a model that point to another, and where."""
    fields = [*model._meta.fields, *model._meta.many_to_many]
    return {f.name: f.related_model for f in fields if isinstance(f.related_model, type)}


def upward_keys(all_models: Iterable[Model], heights: dict[str, int]) -> list[str]:
    """Keys to an app of a higher rung, or to a stranger of the same rung. A library's tables are the ground."""
    found = []
    for model in all_models:
        own = model._meta.app_label
        for name, target in points_to(model).items():
            other = target._meta.app_label
            if other != own and other in heights and heights[other] >= heights[own]:
                found.append(f"{model._meta.label}.{name} points up to {target._meta.label}")
    return found


def leads_to_person(model: Model, seen: frozenset[Model] = frozenset()) -> bool:
    if model is Person:
        return True
    nexts = (target for target in points_to(model).values() if target not in seen)
    return any(leads_to_person(target, seen | {model}) for target in nexts)


def forgotten(all_models: Iterable[Model], declared: Collection[str]) -> list[str]:
    """Models with a path to a person that no app has said it tells and erases. What they really tell and erase is
    seen in test_forgetting.py."""
    return sorted({model._meta.label for model in all_models if leads_to_person(model)} - set(declared))


def declared() -> set[str]:
    """The labels of the models that the apps say they tell and erase."""
    return {f"{holder.app}.{name}" for holder in personal.holders() for name in holder.models}


def missing_migrations(wanted: ProjectState) -> list[str]:
    loader = MigrationLoader(None)
    with translation.override(None):  # else every translated label of a library looks changed
        changes = MigrationAutodetector(loader.project_state(), wanted).changes(graph=loader.graph)
    return [f"{app}: {migration.operations}" for app, made in changes.items() for migration in made]


def test_foreign_keys_follow_the_ladder() -> None:
    assert upward_keys(our_models(), rungs(ROOT)) == []


@isolate_apps("parvis.contacts")
def test_a_planted_foreign_key_upwards_is_seen() -> None:
    class Planted(models.Model):
        announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="+")

        class Meta:
            app_label = "contacts"

    assert upward_keys([Planted], rungs(ROOT)) == [
        "contacts.Planted.announcement points up to announcements.Announcement"
    ]


def test_every_table_that_leads_to_a_person_is_told_and_erased() -> None:
    assert forgotten(our_models(), declared()) == []


def test_what_is_said_to_be_told_exists() -> None:
    assert declared() - {model._meta.label for model in our_models()} == set()


@isolate_apps("parvis.announcements")
def test_a_planted_path_to_a_person_is_seen() -> None:
    class Seat(models.Model):
        person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

        class Meta:
            app_label = "announcements"

    class Cushion(models.Model):
        seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")

        class Meta:
            app_label = "photos"

    assert forgotten([Seat, Cushion], {"announcements.Seat"}) == ["photos.Cushion"]
    assert forgotten([Seat, Cushion], {"announcements.Seat", "photos.Cushion"}) == []


@isolate_apps("parvis.contacts")
def test_a_planted_table_in_an_app_that_already_tells_is_seen() -> None:
    class Diary(models.Model):
        person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
        secret = models.TextField()

        class Meta:
            app_label = "contacts"

    assert forgotten([*our_models(), Diary], declared()) == ["contacts.Diary"]


def test_no_migration_is_missing(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    assert missing_migrations(ProjectState.from_apps(django_apps)) == []


def test_a_planted_field_without_a_migration_is_seen() -> None:
    wanted = ProjectState.from_apps(django_apps)
    wanted.add_field("contacts", "person", "planted", models.IntegerField(null=True), preserve_default=True)
    assert len(missing_migrations(wanted)) == 1
