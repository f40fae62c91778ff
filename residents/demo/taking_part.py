"""Invents who took part, the segments and rules an officer keeps, and who acts for whom."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any, Final

from involvement.auditing.actors import Actor, Channel
from involvement.calendars.words import count
from involvement.demo import operations as demo
from involvement.demo.moments import ago, day
from involvement.demo.queries import officer
from involvement.landlords.models import Landlord
from residents.eligibility import operations as eligibility
from residents.eligibility.models import RuleSet
from residents.participation.models import Participation
from residents.participation.operations import as_they_are
from residents.people.models import Person
from residents.representatives import operations as representatives
from residents.representatives.models import Authority
from residents.segments import operations as segments
from residents.segments.models import Match, Segment
from residents.segments.rules import Asked, Group

# About three in a hundred take part; a small landlord has a few all the same.
INVOLVED: Final = 0.03
FEWEST: Final = 9
_K = Participation.Kind
# What there was: kind, name, days ago, channel, minutes, the share of those involved who came
HAPPENED: Final = (
    (_K.MEETING, "Repairs panel, winter meeting", 640, Channel.FACE, 120, 0.4),
    (_K.SURVEY, "Repairs survey", 560, Channel.POST, 15, 0.6),
    (_K.MEETING, "Spring forum", 480, Channel.FACE, 150, 0.5),
    (_K.TRAINING, "Reading a budget", 455, Channel.FACE, 180, 0.2),
    (_K.INSPECTION, "Estate walkabout, spring", 400, Channel.FACE, 90, 0.3),
    (_K.MEETING, "Repairs panel, summer meeting", 330, Channel.FACE, 120, 0.4),
    (_K.CONSULTATION, "New tenancy agreement", 300, Channel.WEB, 20, 0.5),
    (_K.VOLUNTEERING, "Fun day, helping at the gate", 270, Channel.FACE, 240, 0.2),
    (_K.SURVEY, "Neighbourhood survey", 210, Channel.PHONE, 12, 0.6),
    (_K.MEETING, "Autumn forum", 180, Channel.FACE, 150, 0.5),
    (_K.RECRUITMENT, "Choosing the new contractor", 150, Channel.FACE, 200, 0.15),
    (_K.INSPECTION, "Mystery shopping by telephone", 110, Channel.PHONE, 45, 0.2),
    (_K.MEETING, "Repairs panel, autumn meeting", 70, Channel.FACE, 120, 0.4),
    (_K.CONSULTATION, "How we answer complaints", 45, Channel.WEB, 20, 0.4),
    (_K.MEETING, "Winter forum", 20, Channel.FACE, 150, 0.5),
)
UNNAMED: Final = 3
MEMBERS: Final = 0.5


def load(landlord: Landlord, *, full: bool) -> str:
    """Add what is missing of all this to the landlord in scope."""
    people = list(Person.objects.filter(is_demo=True).select_related("home").order_by("pk"))
    if not people:
        return ""
    by, rows = officer(), []
    if not Participation.objects.filter(is_demo=True).exists():
        rng = random.Random(f"{landlord.slug} took part")  # noqa: S311 -- invents, guards nothing
        wanted = max(FEWEST, round(len(people) * INVOLVED))
        rows = list(times(rng.sample(people, k=min(wanted, len(people))), rng, by))
        demo.plant(rows=rows, by=by, at=ago(10))
    if not Authority.objects.exists():
        _represent(people, by)
    _keep_rules(people, by)
    _keep_segments(by)
    return f"{count(len(rows), 'time')} somebody took part" if rows else ""


def times(involved: list[Person], rng: random.Random, by: Actor) -> Iterator[Participation]:
    """Who came to what, and a few who left no name."""
    said: dict[str, Any] = {"recorded_at": ago(10), "is_demo": True, **by.columns()}
    for person in involved:
        if rng.random() < MEMBERS:
            began = day(rng.choice([700, 430, 250]))
            panel = {"kind": _K.MEMBER, "label": "Repairs panel", "channel": Channel.FACE}
            yield Participation(began_on=began, **panel, **as_they_are(person), **said)
    for kind, label, days_ago, channel, minutes, share in HAPPENED:
        came: list[Person | None] = [each for each in involved if rng.random() < share]
        if kind == _K.MEETING:
            came += [None] * rng.randrange(UNNAMED)
        for somebody in came:
            yield Participation(
                kind=kind,
                label=label,
                began_on=day(days_ago),
                channel=channel,
                minutes=minutes,
                **as_they_are(somebody),
                **said,
            )


def _keep_segments(by: Actor) -> None:
    if Segment.objects.exists():
        return
    for name, why, match, groups in (
        (
            "Letters about the forum",
            "Who is written to before each forum.",
            Match.ALL,
            [Group(Match.ALL, (Asked("told", ["POST", "FACE"]),))],
        ),
        (
            "Not heard from for two years",
            "For a call or a visit: nothing is wrong with being quiet.",
            Match.ALL,
            [Group(Match.ALL, (Asked("took-part", "24", negated=True),))],
        ),
        (
            "Came this year and can be reached at once",
            "For a question that cannot wait for the post.",
            Match.ALL,
            [
                Group(Match.ALL, (Asked("took-part", "12"),)),
                Group(Match.ANY, (Asked("reached", ["email"]), Asked("reached", ["phone"]))),
            ],
        ),
    ):
        segments.add_segment(
            name=name, why=why, match=match, rules=groups, is_demo=True, by=by, at=ago(30)
        )


def _keep_rules(people: list[Person], by: Actor) -> None:
    if RuleSet.objects.exists():
        return
    arrears = eligibility.add_outside_check(
        question="Are they free of arrears, or keeping to an agreement?",
        ask_whom="the income team",
        valid_days=180,
        by=by,
        at=ago(200),
    )
    eligibility.add_rule_set(
        name="Youth forum",
        why="It is theirs: from 25 on people join the forum for everybody.",
        conditions=[Asked("age-from", "16"), Asked("age-below", "25")],
        is_demo=True,
        by=by,
        at=ago(200),
    )
    contractors = eligibility.add_rule_set(
        name="Choosing contractors",
        why="Whoever chooses has a tenancy with us and no case against us.",
        conditions=[Asked("capacity", ["TENANT", "JOINT", "LEASEHOLDER"])],
        checks=[arrears],
        is_demo=True,
        by=by,
        at=ago(200),
    )
    eligibility.attest(
        person=people[0],
        check_asked=arrears,
        answer=True,
        attested_by="Rob Lane (demo), income team",
        attested_on=day(60),
        by=by,
        at=ago(60),
    )
    for person in people[:2]:
        eligibility.check_person(person=person, rule_set=contractors, on=day(50), by=by, at=ago(50))


def _represent(people: list[Person], by: Actor) -> None:
    """Three who act for somebody: a carer, an attorney, and one whose time has run out."""
    kinds = Authority.Kind
    for at, (kind, evidence, may, ends) in enumerate(
        (
            (kinds.CARER, Authority.Evidence.SPOKEN, ("may_speak", "may_be_told"), None),
            (
                kinds.ATTORNEY,
                Authority.Evidence.REGISTERED,
                ("may_speak", "may_be_told", "may_receive", "may_decide", "may_change"),
                None,
            ),
            (kinds.ADVOCATE, Authority.Evidence.SIGNED, ("may_speak",), day(40)),
        )
    ):
        pair = people[7 * at : 7 * at + 2]
        if len(pair) < 2:
            return
        representatives.give_authority(
            person=pair[0],
            representative=pair[1],
            kind=kind,
            evidence=evidence,
            evidence_seen_on=day(260),
            began_on=day(260),
            ends_on=ends,
            is_demo=True,
            by=by,
            at=ago(260),
            **dict.fromkeys(may, True),
        )
