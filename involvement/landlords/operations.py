from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, TypeVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils.module_loading import import_string

from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.auditing.refusals import Refusal
from involvement.isolation import landlord_scope
from involvement.landlords import policies, queries
from involvement.landlords.models import RESERVED_SLUGS, SLUG, Landlord, Subject, Word
from involvement.landlords.starting_subjects import STARTING_SUBJECTS

Entry = TypeVar("Entry", bound=models.Model)


class SlugTaken(Refusal):
    """Another landlord has this short address. Choose another."""


class SlugRefused(Refusal):
    """A short address has small letters, digits and hyphens only, and begins and ends with a letter
    or digit, such as poole or north-hill. Choose another."""


class SlugReserved(Refusal):
    """This short address is kept for the product itself. Choose another."""


class NameMissing(Refusal):
    """Write the landlord's name."""


class ParentIsNoGroup(Refusal):
    """Only a group of landlords can be a parent."""


class EntryInUse(Refusal):
    """Something else uses it, so it cannot be removed. Rename it instead."""


def create_landlord(
    *,
    slug: str,
    name: str,
    kind: str,
    by: Actor,
    at: dt.datetime,
    short_name: str = "",
    parent: Landlord | None = None,
    is_demo: bool = False,
) -> Landlord:
    """Found a landlord. Returns it. Raises SlugTaken, SlugRefused, SlugReserved,
    NameMissing, ParentIsNoGroup.

    Serves no landlord when called, since the landlord is not there yet.
    """
    if not re.fullmatch(SLUG, slug):
        raise SlugRefused
    if slug in RESERVED_SLUGS:
        raise SlugReserved
    if not name.strip():
        raise NameMissing
    if parent is not None and not parent.is_group:
        raise ParentIsNoGroup
    if Landlord.objects.filter(slug=slug).exists():
        raise SlugTaken
    with transaction.atomic():
        landlord = Landlord.objects.create(
            slug=slug,
            name=name,
            short_name=short_name or name[:40],
            kind=kind,
            parent=parent,
            is_demo=is_demo,
            languages=["en-GB"],
        )
    with landlord_scope(landlord):
        auditing.record(
            verb="landlord.founded", record=landlord, sentence=f"founded {name}", by=by, at=at
        )
        for path in settings.FOUNDING:
            import_string(path)(by=by, at=at)
    return landlord


@transaction.atomic
def change_landlord(*, values: Mapping[str, Any], by: Actor, at: dt.datetime) -> Landlord:
    """Change fields of the landlord in scope, keeping old and new. Returns it.

    Raises ColourTooLight for a brand colour on which white cannot be read.
    """
    landlord = queries.landlord_in_scope(for_change=True)
    if "brand_colour" in values:
        policies.check_can_colour(values["brand_colour"])
    before = auditing.snapshot(landlord, values)
    for name, value in values.items():
        setattr(landlord, name, value)
    changes = auditing.changes_since(landlord, before)
    if changes:
        landlord.save(update_fields=[*values, "updated_at"])
        what = ", ".join(change["label"] for change in changes)
        auditing.record(
            verb="landlord.changed",
            record=landlord,
            sentence=f"changed {what}",
            by=by,
            at=at,
            changes=changes,
        )
    return landlord


@transaction.atomic
def set_logo(*, png: bytes | None, by: Actor, at: dt.datetime) -> Landlord:
    """Give the landlord in scope the logo that `logos.logo_png` made, or none. Returns it."""
    landlord = queries.landlord_in_scope(for_change=True)
    landlord.logo_png = png
    landlord.save(update_fields=["logo_png", "updated_at"])
    sentence = "set the logo" if png else "removed the logo"
    auditing.record(verb="landlord.logo", record=landlord, sentence=sentence, by=by, at=at)
    return landlord


@transaction.atomic
def add_entry(*, entry: Entry, by: Actor, at: dt.datetime) -> Entry:
    """Keep a new unit, place, subject, level, term or whatever else a register lists."""
    entry.save()
    auditing.record(
        verb=f"{entry._meta.model_name}.added",
        record=entry,
        sentence=f"added the {entry._meta.verbose_name} {entry}",
        by=by,
        at=at,
    )
    return entry


@transaction.atomic
def change_entry(*, entry: Entry, before: Mapping[str, str], by: Actor, at: dt.datetime) -> Entry:
    """Keep an entry that a form has changed; `before` is its snapshot from before the form.

    Raises InsideItself for a place or subject moved into its own branch.
    """
    if hasattr(entry, "parent"):
        policies.check_can_lie_inside(entry, entry.parent)  # type: ignore[arg-type]  # only places and subjects have one
    changes = auditing.changes_since(entry, before)
    if changes:
        entry.save()
        auditing.record(
            verb=f"{entry._meta.model_name}.changed",
            record=entry,
            sentence=f"changed the {entry._meta.verbose_name} {entry}",
            by=by,
            at=at,
            changes=changes,
        )
    return entry


@transaction.atomic
def archive_entry(*, entry: Any, by: Actor, at: dt.datetime) -> Any:
    """Put an entry away: kept where it was used, offered nowhere. Raises HoldsOthers."""
    policies.check_can_archive(entry)
    return _put(entry, at, "archived", by, at)


@transaction.atomic
def restore_entry(*, entry: Any, by: Actor, at: dt.datetime) -> Any:
    """Offer an archived entry again."""
    return _put(entry, None, "brought back", by, at)


@transaction.atomic
def remove_entry(*, entry: models.Model, by: Actor, at: dt.datetime) -> None:
    """Remove an entry that nothing uses. Raises EntryInUse."""
    auditing.record(
        verb=f"{entry._meta.model_name}.removed",
        record=entry,
        sentence=f"removed the {entry._meta.verbose_name} {entry}",
        by=by,
        at=at,
    )
    try:
        entry.delete()
    except ProtectedError as error:
        raise EntryInUse from error


@transaction.atomic
def plant_subjects(*, by: Actor, at: dt.datetime) -> int:
    """Give a landlord without subjects the starting set. Returns how many there are now.

    Raises SubjectsThereAlready.
    """
    policies.check_can_plant_subjects()
    planted = []
    for position, (name, inside) in enumerate(STARTING_SUBJECTS.items()):
        above = Subject.objects.create(name=name, position=position)
        planted.append(above)
        planted += Subject.objects.bulk_create(
            [Subject(name=each, parent=above, position=at_) for at_, each in enumerate(inside)]
        )
    auditing.record_many(
        verb="subject.added",
        records=[
            (subject, f"added the subject {subject} from the starting set") for subject in planted
        ],
        by=by,
        at=at,
    )
    return len(planted)


@transaction.atomic
def choose_word(
    *,
    meaning: str,
    singular: str,
    plural: str,
    by: Actor,
    at: dt.datetime,
) -> Word | None:
    """Say one of our nouns in the landlord's own word; empty words go back to ours.

    Returns the word, or None where ours is used.
    """
    queries.landlord_in_scope(for_change=True)  # whoever comes second waits here
    kept = Word.objects.filter(meaning=meaning).first()
    word: Word = kept or Word(meaning=meaning)
    if not singular:
        if kept is not None:
            remove_entry(entry=kept, by=by, at=at)
        return None
    before = auditing.snapshot(word, ["singular", "plural"])
    word.singular, word.plural = singular, plural
    if kept is None:
        return add_entry(entry=word, by=by, at=at)
    return change_entry(entry=word, before=before, by=by, at=at)


def _put(entry: Any, archived_at: dt.datetime | None, done: str, by: Actor, at: dt.datetime) -> Any:
    entry.archived_at = archived_at
    entry.save(update_fields=["archived_at"])
    auditing.record(
        verb=f"{entry._meta.model_name}.{done.replace(' ', '_')}",
        record=entry,
        sentence=f"{done} the {entry._meta.verbose_name} {entry}",
        by=by,
        at=at,
    )
    return entry
