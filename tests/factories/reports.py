"""A quarter's threads, from said to told, of the landlord in scope."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from actionplans.decisions.models import Decision
from actionplans.feedback.models import Feedback, Theme
from actionplans.outcomes.models import Outcome, OutcomeEvidence
from actionplans.replies.models import Reply, Verdict
from involvement.accounts.models import Team
from involvement.auditing.actors import Actor, ActorKind
from involvement.landlords.models import Landlord, Place, Subject
from structures.bodies.models import Body
from tests.factories.feedback import make_feedback, make_theme
from tests.factories.people import make_person

CLERK = Actor(ActorKind.STAFF, "Jean Marlow (demo)")
LONDON = ZoneInfo("Europe/London")


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), LONDON)


def say(words: str, on: dt.date, *, by_name: str = "", **fields: Any) -> Feedback:
    """Somebody says something on a day, and it is written down at noon of that day."""
    if by_name:
        fields["person"] = make_person(by_name)
    return make_feedback(words, said_on=on, at=noon(on), **fields)


def theme_of(title: str, said: Sequence[Feedback], on: dt.date, **fields: Any) -> Theme:
    return make_theme(title, feedback=list(said), at=noon(on), **fields)


def decide(theme: Theme, result: str, what: str, on: dt.date, **fields: Any) -> Decision:
    """A decision by the panel, recorded on its day unless `at` says otherwise."""
    body, _made = Body.objects.get_or_create(name="Housing Strategy Panel")
    at = fields.pop("at", noon(on))
    decision: Decision = Decision.objects.create(
        theme=theme,
        result=result,
        what=what,
        body=body,
        decided_on=on,
        recorded_at=at,
        told_due_on=on + dt.timedelta(days=14),
        **CLERK.columns(),
        **fields,
    )
    Theme.objects.filter(pk=theme.pk).order_by().update(state="DECIDED")
    return decision


def change(decision: Decision, words: str, on: dt.date, proof: str = "", **fields: Any) -> Outcome:
    at = fields.pop("at", noon(on))
    outcome: Outcome = Outcome.objects.create(
        decision=decision,
        what_changed=words,
        category="SERVICE",
        happened_on=on,
        recorded_at=at,
        confidence="EVIDENCED" if proof else "CLAIMED",
        **CLERK.columns(),
        **fields,
    )
    if proof:
        OutcomeEvidence.objects.create(outcome=outcome, words=proof, added_at=at, **CLERK.columns())
    return outcome


def tell(
    decision: Decision, said: Sequence[Feedback], on: dt.date, channel: str = "POST"
) -> list[Reply]:
    return [
        Reply.objects.create(
            decision=decision,
            feedback=each,
            person=each.person,
            channel=channel,
            prepared_at=noon(on),
            told_at=noon(on),
            **CLERK.columns(),
        )
        for each in said
    ]


def ask(reply: Reply, on: dt.date, answer: str = "") -> Verdict:
    verdict: Verdict = Verdict.objects.create(
        reply=reply,
        token_hash=f"{reply.pk:064}",
        asked_at=noon(on),
        answer=answer,
        answered_at=noon(on) if answer else None,
    )
    return verdict


def a_quarter(landlord: Landlord) -> dict[str, Any]:
    """July to September 2026 at the landlord in scope: one thread of every kind.

    14 things said by 13 speakers: 5 done, 3 agreed, 2 refused, 1 noted, 3 waiting (1 in no theme).
    """
    subjects = {
        name: Subject.objects.create(name=name) for name in ("Repairs", "Safety", "Grounds")
    }
    court = Place.objects.create(name="Drake Court")
    repairs = Team.objects.create(name="Repairs team")
    day = dt.date
    texts = [
        say("I stayed in all day and nobody came. A text would have done.", day(2026, 7, 3),
            by_name="Doreen Hackett (demo)", subject=subjects["Repairs"], quote_permission=True),
        say("Nobody tells us when the plumber comes.", day(2026, 7, 9), by_name="Leroy Biggs (demo)",
            subject=subjects["Repairs"], source_kind="PAPER_CARD"),
        say("A message the evening before, please.", day(2026, 7, 20), by_name="Ann Prior (demo)",
            subject=subjects["Repairs"], quote_permission=True),
    ]  # fmt: skip
    phones = [
        say("The entry phone lights are too dim. I dial the wrong flat.", day(2026, 7, 12),
            by_name="Sam Oduya (demo)", subject=subjects["Safety"], place=court,
            quote_permission=True),
        say("Cannot read the panel.", day(2026, 7, 12), subject=subjects["Safety"], place=court),
    ]  # fmt: skip
    windows = [
        say("Give us one-hour windows, like the supermarket does.", day(2026, 7, 15),
            by_name="Una Webb (demo)", subject=subjects["Repairs"], quote_permission=True),
        say("One hour, not a whole day.", day(2026, 8, 1), by_name="Ian Cole (demo)",
            subject=subjects["Repairs"]),
    ]  # fmt: skip
    seats = [
        say("We want seats by the bus stop.", day(2026, 8, 3), by_name=f"{name} (demo)",
            subject=subjects["Grounds"])
        for name in ("Bea Hart", "Cy Long", "Di Marsh")
    ]  # fmt: skip
    grass = [
        say("The grass by the ramp grows over the path.", day(2026, 8, 20),
            by_name="Ed North (demo)", subject=subjects["Grounds"], quote_permission=True),
        say("I could not get my chair past the grass.", day(2026, 8, 28),
            by_name="Flo Penn (demo)", subject=subjects["Grounds"]),
    ]  # fmt: skip
    thanks = say("Thank you for the fun day.", day(2026, 9, 2), by_name="Gus Reed (demo)")
    Feedback.objects.filter(pk=thanks.pk).order_by().update(
        state="NOTED", noted_reason="Thanks were passed on.", noted_at=noon(day(2026, 9, 5))
    )
    alone = say("The bins are noisy.", day(2026, 9, 28))
    themes = {
        "texts": theme_of("Know when repairs come", texts, day(2026, 7, 21), owner_team=repairs, subject=subjects["Repairs"]),
        "phones": theme_of("Entry phones that can be read", phones, day(2026, 7, 14), subject=subjects["Safety"]),
        "windows": theme_of("One-hour windows for repairs", windows, day(2026, 8, 2), owner_team=repairs, subject=subjects["Repairs"]),
        "seats": theme_of("Seats by the bus stop", seats, day(2026, 8, 5), subject=subjects["Grounds"], summary="There is nowhere to sit at the stop."),
        "grass": theme_of("Grass over the ramps", grass, day(2026, 8, 29), subject=subjects["Grounds"]),
    }  # fmt: skip
    yes = decide(
        themes["texts"], "AGREED", "Everybody gets a message the evening before.", day(2026, 8, 8)
    )
    made = change(
        yes, "Everybody now gets a text or a call the evening before, with a two-hour window",
        day(2026, 9, 28), "Log of messages sent, September 2026",
        measure="Missed visits in each hundred repairs", before="11", after="7",
    )  # fmt: skip
    told = tell(yes, texts[:2], day(2026, 8, 20)) + tell(yes, texts[2:], day(2026, 8, 21), "EMAIL")
    ask(told[0], day(2026, 10, 5), "YES"), ask(told[1], day(2026, 10, 5), "YES")
    ask(told[2], day(2026, 10, 5), "PARTLY")
    part = decide(
        themes["phones"], "PARTLY", "Brighter panels at Drake Court.", day(2026, 8, 8),
        because="The other ten schemes must wait for next year’s money.", reason="COST",
    )  # fmt: skip
    change(part, "We fitted brighter panels at Drake Court.", day(2026, 9, 14))
    no = decide(
        themes["windows"], "NOT_AGREED", "Two-hour windows stay.", day(2026, 8, 8),
        because="One-hour windows would cost £46,000 a year and mean about 300 fewer repairs.",
        reason="COST", votes_for=9, votes_against=2, look_again_on=day(2027, 7, 1),
        minority_view="We asked for one-hour windows because carers lose a day’s pay for a tap.",
    )  # fmt: skip
    tell(no, windows[:1], day(2026, 8, 18))
    later = decide(
        themes["seats"], "AGREED", "Two seats will stand by the bus stop.", day(2026, 9, 12)
    )
    return {
        "themes": themes, "decisions": [yes, part, no, later], "outcome": made, "alone": alone,
        "team": repairs, "said": [*texts, *phones, *windows, *seats, *grass, thanks, alone],
    }  # fmt: skip
