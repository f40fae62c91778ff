from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Case, F, IntegerField, Q, QuerySet, When

from involvement.landlords.models import Level, Subject
from involvement.landlords.queries import as_tree
from residents.interests.models import ChosenMethod, Interest, Method, MethodWish, Offer
from residents.interests.models.wishes import Per
from residents.people.models import Person


@dataclass(frozen=True)
class Wishes:
    """What somebody said about taking part: subjects, ways, time and level."""

    subjects: tuple[Subject, ...] = ()
    methods: tuple[Method, ...] = ()
    minutes: int | None = None
    per: str = Per.MONTH
    level: Level | None = None

    def __bool__(self) -> bool:
        return bool(self.subjects or self.methods or self.minutes or self.level)


@dataclass(frozen=True)
class Held:
    """What holds for one person now, each row with its source and date."""

    interests: list[Interest] = field(default_factory=list)
    methods: list[MethodWish] = field(default_factory=list)
    offer: Offer | None = None
    chosen: list[ChosenMethod] = field(default_factory=list)

    @property
    def wishes(self) -> Wishes:
        """The same as it would be said again."""
        offer = self.offer
        return Wishes(
            subjects=tuple(row.subject for row in self.interests),
            methods=tuple(row.method for row in self.methods),
            minutes=offer.minutes if offer else None,
            per=offer.per if offer else Per.MONTH,
            level=offer.level if offer else None,
        )


def wishes_of(person: Person) -> Held:
    """What one person would like to take part in, and how, in four queries."""
    now = {"person": person, "ended_at__isnull": True}
    interests = Interest.objects.filter(**now).select_related("subject__parent")
    wished = MethodWish.objects.filter(**now).select_related("method")
    chosen = ChosenMethod.objects.filter(person=person).select_related("method")
    return Held(
        interests=list(interests.order_by("subject__position", "subject__name", "pk")),
        methods=list(wished.order_by("method__position", "method__name", "pk")),
        offer=Offer.objects.filter(**now).select_related("level").order_by("pk").first(),
        chosen=list(chosen.order_by("-said_on", "-pk")[:10]),
    )


def ended_interests(person: Person) -> QuerySet[Interest]:
    """What interested them once, the last ended first."""
    rows: QuerySet[Interest] = Interest.objects.filter(person=person, ended_at__isnull=False)
    return rows.select_related("subject").order_by("-ended_at", "-pk")


def methods() -> QuerySet[Method]:
    """The ways of taking part offered now, in order."""
    rows: QuerySet[Method] = Method.objects.filter(archived_at__isnull=True)
    return rows.order_by("position", "name", "pk")


def subjects() -> list[tuple[int, Subject]]:
    """The subjects in use as a tree: each with its depth."""
    rows = Subject.objects.filter(archived_at__isnull=True).order_by("position", "name", "pk")
    return list(as_tree(rows))


def interested_in(subject: Subject) -> Q:
    """The people whom this subject interests, as a condition on Person."""
    rows = Interest.objects.filter(subject=subject, ended_at__isnull=True)
    return Q(pk__in=rows.order_by().values("person_id"))


def willing_to(method: Method) -> Q:
    """The people whom this way of taking part suits, as a condition on Person."""
    rows = MethodWish.objects.filter(method=method, ended_at__isnull=True)
    return Q(pk__in=rows.order_by().values("person_id"))


def with_time_for(minutes_a_year: int) -> Q:
    """The people who offer at least so many minutes a year, as a condition on Person."""
    a_year = Case(
        When(per=Per.MONTH, then=F("minutes") * 12),
        default=F("minutes"),
        output_field=IntegerField(),
    )
    rows = Offer.objects.filter(ended_at__isnull=True).annotate(a_year=a_year)
    return Q(pk__in=rows.filter(a_year__gte=minutes_a_year).order_by().values("person_id"))


def at_level(level: Level) -> Q:
    """The people who would like this level, as a condition on Person."""
    rows = Offer.objects.filter(level=level, ended_at__isnull=True)
    return Q(pk__in=rows.order_by().values("person_id"))
