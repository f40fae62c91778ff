"""The lists of who would like to take part, does not, or was to be visited, to be taken out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db.models import Exists, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from involvement.accounts.permissions import Permission
from involvement.landlords.queries import landlord_in_scope
from involvement.wiring.lists import ListToExport, iso, yes_no
from residents.interests.forms.uninvolved import UninvolvedFilters
from residents.interests.models import (
    Expression,
    GroupPartner,
    GroupToReach,
    Interest,
    MethodWish,
    Offer,
    TenancyVisit,
)
from residents.interests.queries.expressions import answered_expressions, open_expressions
from residents.interests.queries.groups import groups_to_reach
from residents.interests.queries.uninvolved import months_before, uninvolved_since
from residents.interests.queries.visits import visits_shown
from residents.participation.queries import standing
from residents.people.models import Person
from residents.people.queries import people
from residents.preferences.models import Told

WHO: Final = ("Person reference", "Name", "Place", "Told", "Large print", "E-mail", "Telephone")


def who(person: Person) -> list[str]:
    """Whom a row is about and how they are reached, under WHO."""
    return [
        person.reference,
        person.name,
        str(person.place or ""),
        person.get_preferred_channel_display(),
        yes_no(person.large_print),
        person.email,
        person.phone,
    ]


def _uninvolved(narrowed: Mapping[str, str]) -> QuerySet[Person]:
    usual = landlord_in_scope().uninvolved_months
    form = UninvolvedFilters(dict(narrowed), usual=usual)
    form.is_valid()
    since = months_before(timezone.localdate(), form.cleaned_data.get("months") or usual)
    rows = uninvolved_since(since, interested_only=form.cleaned_data.get("who") != "all")
    took_part = standing().filter(person=OuterRef("pk")).order_by().values("person")
    return rows.annotate(last_on=Subquery(took_part.annotate(last=Max("began_on")).values("last")))


def _uninvolved_cells(row: Person) -> list[str]:
    return [*who(row), iso(row.last_on) or "never"]  # type: ignore[attr-defined]  # annotated above


def _visits(narrowed: Mapping[str, str]) -> QuerySet[TenancyVisit]:
    return visits_shown(narrowed.get("show", "")).select_related("person__home")


def _visit_cells(row: TenancyVisit) -> list[str]:
    return [
        *who(row.person),
        row.person.home.address if row.person.home else row.person.address,
        iso(row.tenancy_began_on),
        iso(row.pack_sent_on),
        iso(row.due_on),
        iso(row.made_on),
        str(row.officer or ""),
        ", ".join(str(each.method) for each in row.methods_discussed.all()),
        row.discussed,
        iso(row.set_aside_on),
        row.set_aside_why,
    ]


def _expressions(narrowed: Mapping[str, str]) -> QuerySet[Expression]:
    answered = narrowed.get("answered") == "1"
    return answered_expressions() if answered else open_expressions()


def _expression_cells(row: Expression) -> list[str]:
    time = Offer(minutes=row.minutes, per=row.per).time_words
    return [
        *who(row.person),
        iso(row.said_on),
        row.told_words,
        row.words,
        ", ".join(str(each.subject) for each in row.named_subjects.all()),
        ", ".join(str(each.method) for each in row.named_methods.all()),
        time,
        str(row.level or ""),
        iso(row.due_on),
        str(row.owner or ""),
        row.get_state_display(),
        iso(timezone.localdate(row.answered_at) if row.answered_at else None),
        row.reason,
    ]


def _wishes(_narrowed: Mapping[str, str]) -> QuerySet[Person]:
    """Everybody who lives here and said what interests them, how, or for how long."""
    now = {"person": OuterRef("pk"), "ended_at__isnull": True}
    said = [Q(Exists(model.objects.filter(**now))) for model in (Interest, MethodWish, Offer)]
    interests = Interest.objects.filter(ended_at__isnull=True).select_related("subject")
    ways = MethodWish.objects.filter(ended_at__isnull=True).select_related("method")
    offers = Offer.objects.filter(ended_at__isnull=True).select_related("level")
    return (
        people()
        .filter(said[0] | said[1] | said[2], status=Person.Status.CURRENT)
        .prefetch_related(
            Prefetch("interests", interests.order_by("said_on", "pk"), to_attr="now_interests"),
            Prefetch("method_wishes", ways.order_by("said_on", "pk"), to_attr="now_ways"),
            Prefetch("offers", offers.order_by("pk"), to_attr="now_offers"),
        )
    )


def _wish_cells(row: Person) -> list[str]:
    interests: list[Interest] = row.now_interests  # type: ignore[attr-defined]  # prefetched above
    ways: list[MethodWish] = row.now_ways  # type: ignore[attr-defined]  # likewise
    offers: list[Offer] = row.now_offers  # type: ignore[attr-defined]  # likewise
    said: list[Told] = [*interests, *ways, *offers]
    return [
        *who(row),
        ", ".join(sorted(str(each) for each in interests)),
        ", ".join(sorted(str(each) for each in ways)),
        ", ".join(each.time_words for each in offers),
        ", ".join(str(each.level or "") for each in offers),
        iso(max(each.said_on for each in said)),
    ]


def _groups(_narrowed: Mapping[str, str]) -> QuerySet[GroupToReach]:
    helping = GroupPartner.objects.filter(ended_at__isnull=True).order_by("name", "pk")
    return groups_to_reach().prefetch_related(Prefetch("partners", helping, to_attr="helping"))


def _group_cells(row: GroupToReach) -> list[str]:
    helping: list[GroupPartner] = row.helping  # type: ignore[attr-defined]  # prefetched above
    return [
        row.name,
        row.why,
        row.plan,
        str(row.owner or ""),
        ", ".join(each.name for each in helping),
        iso(row.last_on),  # type: ignore[attr-defined]  # annotated by the query
        iso(row.review_on),
    ]


LISTS: Final = (
    ListToExport(
        "uninvolved",
        "Who has not taken part",
        (*WHO, "Last took part"),
        _uninvolved,
        _uninvolved_cells,
        "interests:uninvolved",
        narrowed_by=("months", "who"),
        also=(Permission.PEOPLE_READ,),
    ),
    ListToExport(
        "visits",
        "Visits to new tenants",
        (
            *WHO,
            "Home",
            "Tenancy began",
            "Pack sent",
            "Due",
            "Made",
            "By",
            "Ways talked about",
            "What was talked about",
            "Set aside",
            "Why not",
        ),
        _visits,
        _visit_cells,
        "interests:visit_list",
        narrowed_by=("show",),
        also=(Permission.PEOPLE_READ,),
    ),
    ListToExport(
        "expressions",
        "Who would like to take part",
        (
            *WHO,
            "Said on",
            "How we know",
            "In their words",
            "Subjects",
            "Ways",
            "Time",
            "Level",
            "Answer promised by",
            "Looked after by",
            "Where it stands",
            "Answered",
            "Why not",
        ),
        _expressions,
        _expression_cells,
        "interests:queue",
        narrowed_by=("answered",),
        also=(Permission.PEOPLE_READ,),
    ),
    ListToExport(
        "wishes",
        "What interests people",
        (*WHO, "Subjects", "Ways", "Time", "Level", "Said on"),
        _wishes,
        _wish_cells,
        "interests:queue",
        also=(Permission.PEOPLE_READ,),
    ),
    ListToExport(
        "groups-to-reach",
        "Groups to reach",
        (
            "Who they are",
            "Why",
            "How we will reach them",
            "Looked after by",
            "Partners",
            "Last done",
            "Look at it again",
        ),
        _groups,
        _group_cells,
        "interests:group_list",
        of_people=False,
        also=(Permission.PEOPLE_READ,),
    ),
)
