"""Looking for what others wrote about somebody who asked what is kept about them."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from involvement.auditing.actors import Actor
from residents.people.models import Person
from residents.privacy.models import AccessRequest, Mention
from residents.privacy.names import may_name, names_in, plain, without_others
from residents.privacy.operations.keys import KeyHolder
from residents.privacy.ports import holders
from residents.privacy.queries import own_row
from residents.privacy.queries.mentions import Hit, mentions, wanted

REWORDED = ("certain", "words", "shown_words", "choice")


@transaction.atomic
def find_mentions(*, request: AccessRequest, by: Actor, at: dt.datetime) -> list[Mention]:
    """Look for texts that name whoever asked; those found before keep what was chosen while they
    say the same.

    Other people's names are taken out of what they would be shown, as a proposal. Returns those to
    be looked at: the new, and the reworded.
    """
    looked_for = wanted(request.person)
    if looked_for is None:
        return []
    there = {
        (one.record_kind, one.record_id, one.field): one
        for one in Mention.objects.filter(request=request).order_by("pk")
    }
    hits = [
        hit
        for hit in _hits(request.person)
        if hit.place not in there or there[hit.place].words != hit.words
    ]
    others = _others_named(hits)
    fresh: dict[tuple[str, int, str], Mention] = {}
    reworded: dict[tuple[str, int, str], Mention] = {}
    for hit in hits:
        shown = without_others(hit.words, wanted=looked_for, people=others)
        # A surname that is somebody else's in the register names nobody else
        if not hit.certain and not may_name(shown, looked_for):
            continue
        before = there.get(hit.place)
        if before is None:
            fresh.setdefault(hit.place, _mention(request, hit, shown))
        else:
            before.certain, before.words, before.shown_words = hit.certain, hit.words, shown
            before.choice = Mention.Choice.WAITING
            reworded[hit.place] = before
    Mention.objects.bulk_create(fresh.values(), batch_size=500)
    Mention.objects.bulk_update(reworded.values(), REWORDED, batch_size=500)
    return [*fresh.values(), *reworded.values()]


def _hits(person: Person) -> list[Hit]:
    own = _own_records(person)
    return [
        hit
        for row in own_row.rows_of(person)
        for hit in mentions(row)
        if (hit.record._meta.label_lower, hit.record.pk) not in own
    ]


def _own_records(person: Person) -> set[tuple[str, int]]:
    """The records that are in the pack as the person's own."""
    return {
        (holder.model.lower(), key)
        for holder in holders()
        if isinstance(holder, KeyHolder)
        for row in own_row.rows_of(person)
        for key in holder.rows(row).values_list("pk", flat=True)
    }


def _mention(request: AccessRequest, hit: Hit, shown: str) -> Mention:
    kind, key, field = hit.place
    return Mention(
        request=request,
        record_kind=kind,
        record_id=key,
        field=field,
        heading=hit.heading[:120],
        certain=hit.certain,
        words=hit.words,
        shown_words=shown,
    )


def _others_named(hits: list[Hit]) -> frozenset[str]:
    """Which of the names in the texts found are names of the register."""
    said = {name for hit in hits for name in names_in(hit.words)}
    spelled = said | {f"{name} (demo)" for name in said}
    rows = Person.objects.filter(name_sort__in=spelled).values_list("name_sort", flat=True)
    return frozenset(plain(name.removesuffix(" (demo)")) for name in rows)
