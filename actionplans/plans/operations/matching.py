"""Says whom the words of a plan mean, for every line that uses them and for the next file."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from actionplans.plans.models import Line, LineMonitor, LineOwner
from actionplans.plans.models.people import Kind
from actionplans.plans.queries.people_words import Match
from involvement.accounts.models import StaffMember, Team
from involvement.auditing import operations as auditing
from involvement.auditing.actors import Actor
from involvement.landlords.models import GlossaryTerm
from structures.bodies.models import Body


@transaction.atomic
def match_words(
    *, words: str, who: StaffMember | Team | Body | None, by: Actor, at: dt.datetime
) -> int:
    """Match every owner and monitor of these words with one of the landlord's own; None: everybody.

    Short words go into the glossary, so that the next file is read with them. Returns how many
    places were matched.
    """
    lines = _matched(words, _match(who))
    name = str(who) if who is not None else "everybody"
    if who is not None and len(words) <= 60 and name.casefold() != words.casefold():
        GlossaryTerm.objects.get_or_create(
            term__iexact=words, defaults={"term": words, "meaning": name}
        )
    auditing.record_many(
        verb="line.owner_matched",
        records=[(line, f"matched “{words}” with {name}") for line in lines],
        by=by,
        at=at,
    )
    return len(lines)


@transaction.atomic
def leave_as_words(*, words: str, by: Actor, at: dt.datetime) -> int:
    """Let words stand that name nobody one could match, such as a role nobody holds or “yearly
    appraisal”. Returns in how many places they stand.
    """
    lines = _matched(words, Match(Kind.ROLE))
    auditing.record_many(
        verb="line.owner_left_as_words",
        records=[(line, f"left “{words}” as it is") for line in lines],
        by=by,
        at=at,
    )
    return len(lines)


def _matched(words: str, match: Match) -> list[Line]:
    """The lines whose owners and monitors of these words are now matched, once for each place."""
    found = []
    for model in (LineOwner, LineMonitor):
        rows = model.objects.filter(words__iexact=words, kind=Kind.UNKNOWN)
        found += [row.line for row in rows.select_related("line").order_by("pk")]
        rows.update(**match.columns())
    return found


def _match(who: StaffMember | Team | Body | None) -> Match:
    if isinstance(who, StaffMember):
        return Match(Kind.PERSON, staff=who)
    if isinstance(who, Team):
        return Match(Kind.TEAM, team=who)
    if isinstance(who, Body):
        return Match(Kind.BODY, body=who)
    return Match(Kind.EVERYONE)
