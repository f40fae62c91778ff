"""Who said what in which theme: what rules and other capabilities ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TypedDict

from django.db.models import Count, Min, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from actionplans.feedback.models import Feedback, MailKey, SourceKind, Theme, ThemeEntry
from involvement.landlords.models import Place
from residents.people.models import Person
from structures.bodies.models import Body


class ChannelCount(TypedDict):
    """How many pieces of feedback came one way."""

    kind: str
    label: str
    count: int


def feedback_with_speakers() -> QuerySet[Feedback]:
    """Feedback with everything a row prints about it, unordered."""
    rows: QuerySet[Feedback] = Feedback.objects.select_related(
        "person", "body", "subject", "place", "unit", "team"
    )
    return rows


def feedback_in(theme: Theme) -> QuerySet[Feedback]:
    """What was said in a theme, earliest first."""
    return feedback_with_speakers().filter(theme_entries__theme=theme).order_by("said_on", "pk")


def people_in(theme: Theme) -> QuerySet[Person]:
    """The distinct people who said something in a theme, by name."""
    people: QuerySet[Person] = (
        Person.objects.filter(feedback__theme_entries__theme=theme)
        .distinct()
        .order_by("name_sort", "pk")
    )
    return people


def bodies_in(theme: Theme) -> QuerySet[Body]:
    """The distinct groups that said something in a theme, by name."""
    bodies: QuerySet[Body] = (
        Body.objects.filter(feedback__theme_entries__theme=theme).distinct().order_by("name", "pk")
    )
    return bodies


def unreachable_in(theme: Theme) -> int:
    """How many pieces of a theme came from nobody we could tell."""
    count: int = Feedback.objects.filter(
        theme_entries__theme=theme, speaker_kind="ANONYMOUS"
    ).count()
    return count


def channel_counts(theme: Theme) -> list[ChannelCount]:
    """How a theme's feedback reached us, most first."""
    counted = (
        Feedback.objects.filter(theme_entries__theme=theme)
        .values("source_kind")
        .annotate(count=Count("pk"))
        .order_by("-count", "source_kind")
    )
    return [
        ChannelCount(
            kind=row["source_kind"],
            label=SourceKind(row["source_kind"]).label,
            count=row["count"],
        )
        for row in counted
    ]


def first_said_on(theme: Theme) -> dt.date | None:
    """The day of the theme's earliest feedback, None where it is empty."""
    first: dt.date | None = Feedback.objects.filter(theme_entries__theme=theme).aggregate(
        first=Min("said_on")
    )["first"]
    return first


def places_in(theme: Theme) -> QuerySet[Place]:
    """The places a theme's feedback is about, by name."""
    places: QuerySet[Place] = (
        Place.objects.filter(feedback__theme_entries__theme=theme).distinct().order_by("name", "pk")
    )
    return places


def late_theme_count(today: dt.date) -> int:
    """How many themes wait for a decision longer than was promised."""
    count: int = Theme.objects.filter(state=Theme.State.OPEN, decision_due__lt=today).count()
    return count


def mail_key_in_force() -> MailKey | None:
    """The key with which a mail server hands e-mails in; None where no e-mail can come in."""
    key: MailKey | None = MailKey.objects.filter(ended_at__isnull=True).order_by("pk").first()
    return key


def mail_key_hash() -> str:
    """The hash of the key in force with which e-mails are handed in; "" where there is none."""
    kept: str | None = (
        MailKey.objects.filter(ended_at__isnull=True).values_list("key_hash", flat=True).first()
    )
    return kept or ""


def open_themes() -> QuerySet[Theme]:
    """Themes that wait for a decision, the longest promised first."""
    themes: QuerySet[Theme] = (
        Theme.objects.filter(state=Theme.State.OPEN)
        .select_related("subject", "owner_staff", "owner_team")
        .order_by("decision_due", "pk")
    )
    return themes


def themes_over() -> QuerySet[Theme]:
    """Themes that were decided or noted, the latest first; one joined to another is not among them."""
    settled = (Theme.State.DECIDED, Theme.State.NOTED)
    themes: QuerySet[Theme] = Theme.objects.filter(state__in=settled).order_by("-pk")
    return themes


def themes_with_counts() -> QuerySet[Theme]:
    """Themes with `said_count`, the pieces of feedback in each; unordered.

    Counted for each theme that is shown, by its index, and not for all before the first page.
    """
    entries = ThemeEntry.objects.filter(theme=OuterRef("pk")).order_by().values("theme")
    said = Subquery(entries.annotate(number=Count("pk")).values("number"))
    themes: QuerySet[Theme] = Theme.objects.select_related(
        "subject", "owner_staff", "owner_team", "merged_into"
    ).annotate(said_count=Coalesce(said, 0))
    return themes


def themes_of(feedback: Feedback) -> QuerySet[Theme]:
    """The themes a piece of feedback is in, oldest first."""
    themes: QuerySet[Theme] = (
        Theme.objects.filter(entries__feedback=feedback)
        .select_related("owner_staff", "owner_team")
        .order_by("opened_at", "pk")
    )
    return themes


def what_they_said(person: Person) -> QuerySet[Feedback]:
    """Everything one person said, latest first."""
    entries = ThemeEntry.objects.select_related("theme").order_by("at", "pk")
    return (
        feedback_with_speakers()
        .filter(person=person)
        .order_by("-said_on", "-pk")
        .prefetch_related(Prefetch("theme_entries", queryset=entries))
    )


def what_a_body_said(body: Body) -> QuerySet[Feedback]:
    """Everything a group said, latest first."""
    entries = ThemeEntry.objects.select_related("theme").order_by("at", "pk")
    return (
        feedback_with_speakers()
        .filter(body=body)
        .order_by("-said_on", "-pk")
        .prefetch_related(Prefetch("theme_entries", queryset=entries))
    )


def still_open(keys: Iterable[int]) -> QuerySet[Feedback]:
    """Of the keys given, the feedback that waits for an answer, by key."""
    rows: QuerySet[Feedback] = Feedback.objects.filter(
        pk__in=list(keys), state=Feedback.State.OPEN
    ).order_by("pk")
    return rows
