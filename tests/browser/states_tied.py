"""States that hang on something else: a decision on a plan, an answer on whoever asked for it."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from actionplans.plans.models import Plan
from actionplans.plans.operations.arising import tie_line
from actionplans.plans.queries.arising import decisions_to_plan, lines_to_tie
from involvement.auditing.actors import Actor, ActorKind
from involvement.demo.queries import LOADER
from residents.people.models import Person
from residents.privacy.clocks import ADDRESS_STANDS, UNDO_DAYS
from residents.privacy.models import Mention
from residents.privacy.operations import own_answers, requests
from residents.privacy.queries.requests import joined, token_of


def planned() -> list[str]:
    """A decision to be put on a plan or tied to a line of it, and the line when it is."""
    plan = Plan.objects.exclude(state=Plan.State.ARCHIVED).order_by("pk")[0]
    agreed = decisions_to_plan()[0]
    line = lines_to_tie(plan)[0]
    tied = tie_line(line=lines_to_tie(plan)[1], decision=agreed, by=LOADER, at=timezone.now())
    return [
        *(
            f"{reverse(f'plans:arising_{act}', args=[agreed.pk])}?plan={plan.pk}"
            for act in ("add", "tie")
        ),
        reverse("plans:line_arose", args=[line.pk]),
        reverse("plans:line_arose", args=[tied.pk]),
    ]


def never_joined(at: dt.datetime) -> Person:
    """Somebody with an e-mail address, and with no other entry made one with theirs lately."""
    people = Person.objects.filter(is_demo=True, reference="").exclude(email="").order_by("pk")
    since = at - dt.timedelta(days=UNDO_DAYS + 1)
    found: Person = next(person for person in people if joined(person, since) is None)
    return found


def token_for(person: Person, at: dt.datetime) -> str:
    """What opens somebody's own equality answers, once they asked what is kept, a pack is made and
    a colleague let the link go to the address that is long theirs."""
    request = requests.record_request(
        person=person,
        asked_on=timezone.localdate(at),
        asked_how="PHONE",
        identity_words="Rang from the number we have",
        by=LOADER,
        at=at,
    )
    for mention in request.mentions.order_by("pk"):
        requests.choose_mention(
            mention=mention, choice=Mention.Choice.LEFT_OUT, shown_words="", by=LOADER, at=at
        )
    made = requests.make(request=request, landlord=person.landlord, by=LOADER, at=at)
    colleague, stood = Actor(ActorKind.STAFF, "Ada Frost (demo)", key=4711), at + ADDRESS_STANDS
    own_answers.send_link(request=made, by=colleague, at=stood)
    return token_of(made, 1)
