"""The facts of one period, counted at one moment: `facts_of`."""

from __future__ import annotations

import base64
import datetime as dt
from collections import Counter, defaultdict

from django.utils import timezone

from involvement.auditing.actors import Channel
from involvement.calendars.periods import Period
from involvement.calendars.words import say_between
from involvement.landlords.models import Landlord
from reporting.catalogue.queries import Kind
from reporting.figures.queries.coded import figures_of
from reporting.figures.queries.counts import counts_of, is_late, replies_by_feedback
from reporting.figures.queries.once import Counted, Elsewhere
from reporting.figures.queries.pairs import owner_of, pairs_of
from reporting.figures.queries.rows import Stood, log_began_after, said_late, stood_at
from reporting.figures.queries.sentences import opening_of, rule_of
from reporting.figures.queries.steps import steps_of
from reporting.figures.shapes import FORM, Facts, Fate, Share, Stretch, TeamLine, Whose

__all__ = [
    "Counted",
    "Elsewhere",
    "facts_of",
    "log_began_after",
    "numbers_of",
    "said_late",
]


def numbers_of(
    period: Period, moment: dt.datetime, elsewhere: Elsewhere | None = None
) -> dict[str, int]:
    """The bare numbers of a period as known at a moment: what it is compared with."""
    return counts_of(stood_at(period, moment, elsewhere)).numbers


def facts_of(
    *,
    kind: Kind,
    landlord: Landlord,
    period: Period,
    moment: dt.datetime,
    before: dict[str, int] | None,
    elsewhere: Elsewhere | None = None,
) -> Facts:
    """Everything a report of `kind` says about `period`, counted at `moment`.

    `before` are the numbers of the period before, None where there is nothing to compare with;
    `elsewhere` is what other reports count, without it all that happened before the period.
    Asks the database the same number of questions however much was said.
    """
    stood = stood_at(period, moment, elsewhere)
    counts = counts_of(stood)
    whose = _whose(landlord)
    pairs = pairs_of(stood)
    late = said_late(period, moment)
    counted_on = timezone.localdate(moment)
    return Facts(
        form=FORM,
        kind=kind.slug,
        audience=kind.audience.value,
        title=kind.title,
        whose=whose,
        period=_stretch(period),
        counted_on=str(counted_on),
        rule=rule_of(period, moment, late, _found_late(stood)),
        late=late,
        numbers=counts.numbers,
        figures=tuple(figures_of(counts, before, whose)),
        pairs=tuple(pairs),
        ungrouped=_ungrouped(stood),
        subjects=_subjects(stood),
        channels=_channels(stood),
        steps=tuple(steps_of(stood)),
        teams=_teams(stood),
        opening=opening_of(kind, counts.numbers),
    )


def _found_late(stood: Stood) -> int:
    """How many decisions and changes of before the period came too late for the report then."""
    days = [each.decided_on for thread in stood.threads for each in thread.decided_here]
    days += [each.happened_on for thread in stood.threads for each in thread.changed_here]
    return sum(day < stood.period.start for day in days)


def _whose(landlord: Landlord) -> Whose:
    png = landlord.logo_png
    logo = f"data:image/png;base64,{base64.b64encode(png).decode()}" if png else ""
    languages = landlord.languages or ["en-GB"]
    return Whose(
        name=landlord.name,
        short_name=landlord.short_name,
        colour=landlord.brand_colour,
        logo=logo,
        contact_name=landlord.contact_name,
        contact_phone=landlord.contact_phone,
        contact_hours=landlord.contact_hours,
        lang=languages[0],
        is_demo=landlord.is_demo,
        decision_days=landlord.decision_days,
        reply_days=landlord.reply_days,
    )


def _stretch(period: Period) -> Stretch:
    return Stretch(
        code=period.code,
        label=period.label,
        words=say_between(period.start, period.end),
        start=str(period.start),
        end=str(period.end),
    )


def _ungrouped(stood: Stood) -> int:
    return sum(
        1
        for each in stood.said
        if each.pk not in stood.thread_of and stood.fates[each.pk] is Fate.WAITING
    )


def _subjects(stood: Stood) -> tuple[Share, ...]:
    """What was said by subject, most first; a thing without one takes its theme's."""
    found: Counter[str] = Counter()
    for each in stood.said:
        thread = stood.thread_of.get(each.pk)
        subject = each.subject or (thread.theme.subject if thread else None)
        found[subject.name if subject else "Other"] += 1
    return tuple(Share(name, n) for name, n in sorted(found.items(), key=lambda s: (-s[1], s[0])))


def _channels(stood: Stood) -> tuple[Share, ...]:
    """How people were told, most first."""
    found = Counter(reply.channel for reply in replies_by_feedback(stood).values())
    return tuple(
        Share(str(Channel(channel).label), n)
        for channel, n in sorted(found.items(), key=lambda s: (-s[1], s[0]))
    )


def _teams(stood: Stood) -> tuple[TeamLine, ...]:
    """What each team has, by name; what is in no theme belongs to the team it was given to."""
    fates: dict[str, Counter[Fate]] = defaultdict(Counter)
    late: Counter[str] = Counter()
    for each in stood.said:
        thread = stood.thread_of.get(each.pk)
        name = owner_of(thread) if thread else str(each.team or "Nobody yet")
        fates[name][stood.fates[each.pk]] += 1
        late[name] += thread is not None and is_late(thread, stood)
    return tuple(
        TeamLine(
            name=name,
            said=sum(found.values()),
            done=found[Fate.DONE],
            agreed=found[Fate.AGREED],
            not_agreed=found[Fate.NOT],
            noted=found[Fate.NOTED],
            waiting=found[Fate.WAITING],
            late=late[name],
        )
        for name, found in sorted(fates.items())
    )
