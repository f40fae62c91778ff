"""Invents how the demonstration's residents wish to be reached, what they need, allow and would like."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any, Final

from involvement.accounts.models import StaffMember
from involvement.accounts.permissions import Permission
from involvement.accounts.queries import staff_who_may
from involvement.auditing.actors import Actor
from involvement.calendars.words import count
from involvement.demo import operations as demo
from involvement.demo.moments import ago, day
from involvement.demo.queries import LOADER, officer
from involvement.landlords.models import Landlord, Subject
from residents.demo.people import first_residents
from residents.interests import operations as interests
from residents.interests.models import (
    Expression,
    GroupToReach,
    Interest,
    Method,
    MethodWish,
    Offer,
    TenancyVisit,
)
from residents.interests.models.wishes import Per
from residents.interests.queries import Wishes
from residents.people.models import Person
from residents.preferences import operations as preferences
from residents.preferences.models import Consent, Heard, Need, Source, Teller, Way
from residents.preferences.operations.needs import copy_many
from residents.preferences.queries import ASKED_FOR, current_wordings

# Which share of people said what; about three in a hundred are involved, more are interested.
NEEDS: Final = (
    (Need.Kind.LARGE_PRINT, 0.05),
    (Need.Kind.BRAILLE, 0.004),
    (Need.Kind.AUDIO, 0.008),
    (Need.Kind.EASY_READ, 0.02),
    (Need.Kind.TRANSPORT, 0.04),
    (Need.Kind.CHILD_CARE, 0.05),
    (Need.Kind.STEP_FREE, 0.03),
    (Need.Kind.LOOP, 0.02),
    (Need.Kind.BSL, 0.003),
    (Need.Kind.COMPUTER, 0.06),
)
INTERESTED: Final = 0.12
EVENINGS: Final = 0.15
SAID: Final = (Source.LEAFLET, Source.PHONE, Source.VISIT, Source.WEB, Source.EVENT, Source.CARD)
WISHES: Final = (
    "I could do an evening a month, if somebody gives me a lift.",
    "I would like to know how you choose who mends the lifts.",
    "My daughter and I walk past the bin store every day. We could tell you when it overflows.",
    "I used to work in accounts and could look at the service charges.",
    "I cannot come out, but I read everything you send me.",
    "I have just moved in and would like to meet people.",
)
GROUPS: Final = (
    (
        "Young people of 16 to 25",
        "They live in our homes with their parents or in their first home, and hardly any come.",
        "Go where they are: the youth club on Thursdays, and a survey of three questions by text.",
        "Turlin Youth Club (demo)",
    ),
    (
        "Leaseholders who live elsewhere",
        "They own a home of ours and let it. Our letters go to the home and not to them.",
        "Ask the managing agents for the addresses, and hold the forum online.",
        "Harbour Letting Agents (demo)",
    ),
    (
        "Families with young children",
        "Our meetings begin at 6.30 pm, when children go to bed.",
        "A Saturday morning with a crèche, twice a year, and short visits at the school gate.",
        "Hamworthy Children’s Centre (demo)",
    ),
)


def load(landlord: Landlord, *, full: bool) -> str:
    """Add what is missing of all this to the landlord in scope."""
    preferences.found(by=LOADER, at=ago(700))
    interests.found(by=LOADER, at=ago(700))
    known = set(Way.objects.order_by("pk").values_list("person_id", flat=True))
    people = [person for person in first_residents(full=full) if person.pk not in known]
    if not people:
        return ""
    by, rng = officer(), random.Random(landlord.slug)  # noqa: S311 -- invents, guards nothing
    demo.plant(rows=list(ways(people, rng, by)), by=by, at=ago(500))
    demo.plant(rows=list(needs(people, rng, by)), by=by, at=ago(400))
    demo.plant(rows=list(consents(people, rng, by)), by=by, at=ago(300))
    copy_many(by=by, at=ago(400))
    interested = [person for person in people if rng.random() < INTERESTED]
    for rows in wishes(interested, rng, by):
        demo.plant(rows=list(rows), by=by, at=ago(200))
    if not Expression.objects.exists():
        _stories(people, rng)
    return f"how {count(len(people), 'resident')} {'is' if len(people) == 1 else 'are'} reached"


def ways(people: list[Person], rng: random.Random, by: Actor) -> Iterator[Way]:
    """The way each prefers, for some in the evenings only, and a second where there is one."""
    for person in people:
        said = _said(rng, 500)
        evening = dt.time(18) if rng.random() < EVENINGS else None
        yield Way(
            person=person,
            channel=person.preferred_channel,
            from_time=evening,
            days=31 if evening else 127,
            recorded_at=ago(500),
            **said,
            **by.columns(),
        )
        other = next(
            (
                channel
                for channel, address in (("POST", person.address), ("PHONE", person.phone))
                if address and channel != person.preferred_channel
            ),
            "",
        )
        if other:
            yield Way(
                person=person,
                channel=other,
                position=1,
                recorded_at=ago(500),
                **said,
                **by.columns(),
            )


def needs(people: list[Person], rng: random.Random, by: Actor) -> Iterator[Need]:
    """What each needs; most need nothing."""
    for at, person in enumerate(people):
        kinds = {kind for kind, share in NEEDS if rng.random() < share}
        # So that the smallest landlord has letters in large print as well
        if at % 14 == 4:
            kinds.add(Need.Kind.LARGE_PRINT)
        for kind in sorted(kinds):
            yield Need(
                person=person,
                kind=kind,
                recorded_at=ago(400),
                **_said(rng, 400),
                **by.columns(),
            )


def consents(people: list[Person], rng: random.Random, by: Actor) -> Iterator[Consent]:
    """About a third were asked about each purpose; most said yes, and a few took it back."""
    wordings = list(current_wordings().values())
    for person in people:
        for wording in wordings:
            if rng.random() > 0.35:
                continue
            channel = person.preferred_channel if wording.purpose.by_channel else ""
            if channel and channel not in ASKED_FOR:
                continue
            for act in _acts(rng):
                yield Consent(
                    person=person,
                    purpose=wording.purpose,
                    wording=wording,
                    channel=channel,
                    act=act,
                    recorded_at=ago(300 if act != Consent.Act.WITHDRAWN else 90),
                    **_said(rng, 300 if act != Consent.Act.WITHDRAWN else 90),
                    **by.columns(),
                )


def wishes(
    people: list[Person], rng: random.Random, by: Actor
) -> tuple[list[Interest], list[MethodWish], list[Offer]]:
    """What interests those who said so."""
    subjects = list(Subject.objects.filter(archived_at__isnull=True).order_by("pk"))
    methods = list(Method.objects.order_by("pk"))
    interest: list[Interest] = []
    wished: list[MethodWish] = []
    offers: list[Offer] = []
    for person in people:
        said: dict[str, Any] = {
            "person": person,
            "recorded_at": ago(200),
            **_said(rng, 200),
            **by.columns(),
        }
        interest += [Interest(subject=each, **said) for each in _some(subjects, rng)]
        wished += [MethodWish(method=each, **said) for each in _some(methods, rng)]
        if rng.random() < 0.6:
            offers.append(Offer(minutes=rng.choice([30, 60, 120, 240]), per=Per.MONTH, **said))
    return interest, wished, offers


def _stories(people: list[Person], rng: random.Random) -> None:
    """Who would like to take part, visits, and groups to reach: a few of each, by the operations."""
    staff = list(staff_who_may(Permission.PEOPLE_READ)[:3])
    subjects = list(Subject.objects.filter(archived_at__isnull=True).order_by("pk"))
    methods = list(Method.objects.order_by("pk"))
    for at, (person, said) in enumerate(zip(people[5::3], WISHES, strict=False)):
        days = (1, 2, 4, 6, 9, 16)[at]
        interests.express(
            person=person,
            wishes=Wishes(tuple(_some(subjects, rng)), tuple(_some(methods, rng)), 60),
            said=said,
            heard=Heard(SAID[at % len(SAID)], day(days)),
            owner=staff[at % len(staff)] if staff and at % 2 else None,
            is_demo=True,
            by=officer(),
            at=ago(days),
        )
    for at, person in enumerate(people[2::5][:6]):
        began = day((12, 25, 40, 48, 60, 75)[at])
        visit = interests.due_visit(
            person=person, tenancy_began_on=began, is_demo=True, by=LOADER, at=ago(10)
        )
        if at % 2:
            interests.send_pack(visit=visit, on=day(9), by=officer(), at=ago(9))
        if at == 5 and staff:
            _visited(visit, staff[0], methods[:3])
    for name, why, plan, partner in GROUPS:
        _to_reach(name, why, plan, partner, staff)


def _visited(visit: TenancyVisit, by_whom: StaffMember, methods: list[Method]) -> None:
    interests.make_visit(
        visit=visit,
        on=day(8),
        officer=by_whom,
        discussed="Where to ring about repairs, and what the area team does.",
        methods=methods,
        wishes=Wishes(methods=tuple(methods[:1])),
        by=officer(),
        at=ago(7),
    )


def _to_reach(
    name: str, why: str, plan: str, partner: str, staff: list[StaffMember]
) -> GroupToReach:
    by, at = officer(), ago(120)
    values = {"name": name, "why": why, "plan": plan, "review_on": day(-60)}
    values["owner"] = staff[0] if staff else None
    group = interests.add_group(values=values, by=by, at=at, is_demo=True)
    helper = {
        "name": partner,
        "contact_name": "Sam Ferris (demo)",
        "phone": "01632 960 417",
        "email": "sam@partners.example",
        "notes": "Best on Thursdays.",
    }
    interests.add_partner(group=group, values=helper, by=by, at=at)
    interests.note_progress(
        group=group,
        done_on=day(40),
        words="Met them, left 40 cards and a box to drop them in.",
        by=by,
        at=ago(39),
    )
    return group


def _some(rows: list[Any], rng: random.Random) -> list[Any]:
    return rng.sample(rows, k=min(len(rows), rng.choice([1, 2, 3])))


def _acts(rng: random.Random) -> list[Consent.Act]:
    if rng.random() < 0.2:
        return [Consent.Act.REFUSED]
    if rng.random() < 0.08:
        return [Consent.Act.GIVEN, Consent.Act.WITHDRAWN]
    return [Consent.Act.GIVEN]


def _said(rng: random.Random, days_ago: int) -> dict[str, Any]:
    told_by = Teller.CARER if rng.random() < 0.05 else Teller.THEMSELVES
    return {"source": rng.choice(SAID), "told_by": told_by, "said_on": day(days_ago)}
