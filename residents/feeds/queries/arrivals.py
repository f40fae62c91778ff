"""What pages, commands and jobs ask about sources and what came from them."""

from __future__ import annotations

import hashlib

from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Lower

from residents.feeds.models import Intake, Mode, RefusedRow, Source, StagedRow, Token
from residents.people.models import Person

DEFAULT_SOURCE = "Housing system"


def sources() -> QuerySet[Source]:
    """The landlord's sources by name, but those put away."""
    rows: QuerySet[Source] = Source.objects.filter(archived_at__isnull=True)
    return rows.order_by("name", "pk")


def source_named(name: str) -> Source | None:
    """The source of this name, whatever its case."""
    found: Source | None = sources().filter(name__iexact=name.strip()).first()
    return found


def all_tokens() -> QuerySet[Token]:
    """Every token of the landlord's."""
    rows: QuerySet[Token] = Token.objects.all()
    return rows


def tokens(source: Source) -> QuerySet[Token]:
    """A source's tokens, newest first, revoked ones too."""
    rows: QuerySet[Token] = Token.objects.filter(source=source)
    return rows.order_by("-made_at", "-pk")


def token_for(shown: str) -> Token | None:
    """The token somebody shows, unless it was revoked or its source is put away."""
    found: Token | None = (
        Token.objects.select_related("source")
        .filter(digest=digest_of(shown), revoked_at__isnull=True, source__archived_at__isnull=True)
        .first()
    )
    return found


def digest_of(shown: str) -> str:
    """What is kept of a token. It is long and random, so that nothing needs to slow a guesser."""
    return hashlib.sha256(shown.encode()).hexdigest()


def intakes() -> QuerySet[Intake]:
    """Everything that came, newest first."""
    rows: QuerySet[Intake] = Intake.objects.select_related("source", "file")
    return rows.order_by("-arrived_at", "-pk")


def waiting() -> QuerySet[Intake]:
    """What waits for an officer."""
    return intakes().filter(state=Intake.State.PREVIEW)


def failed_lately() -> QuerySet[Intake]:
    """The newest file of each source where that one failed."""
    newest = Intake.objects.filter(source=OuterRef("source")).order_by("-arrived_at", "-pk")
    return intakes().filter(state=Intake.State.FAILED, pk=newest.values("pk")[:1])


def sent_before(source: Source, sha256: str) -> Intake | None:
    """The newest intake from this source where it holds the very same content.

    An older one does not count: what came between may have said otherwise.
    """
    newest = (
        intakes().filter(source=source).exclude(state__in=[Intake.State.FAILED, Intake.State.ASIDE])
    ).first()
    return newest if newest is not None and newest.sha256 == sha256 else None


def staged(intake: Intake, act: str) -> QuerySet[StagedRow]:
    """The rows of a preview that are new, changed or unchanged, as the file has them."""
    rows: QuerySet[StagedRow] = StagedRow.objects.filter(intake=intake, act=act)
    return rows.order_by("number", "pk")


def refused(intake: Intake) -> QuerySet[RefusedRow]:
    """The rows that cannot be taken over, as the file has them."""
    rows: QuerySet[RefusedRow] = RefusedRow.objects.filter(intake=intake)
    return rows.order_by("number", "pk")


def of_source(source: Source) -> QuerySet[Person]:
    """Whom this source told us of and who lives here now."""
    rows: QuerySet[Person] = Person.objects.filter(
        feed_source=source.name, status=Person.Status.CURRENT, merged_into__isnull=True
    ).exclude(reference="")
    return rows


def leavers(intake: Intake) -> QuerySet[Person]:
    """Who would have left: whose row gives an end, and whom a file with everybody no longer has.

    By name as people look for it: Ł among L, Ø among O.
    """
    ending = StagedRow.objects.filter(intake=intake, leaves=True).order_by()
    rows: QuerySet[Person] = Person.objects.filter(
        Q(pk__in=ending.values("person_key"), status=Person.Status.CURRENT)
        | Q(pk__in=missing(intake).order_by().values("pk"))
    )
    folded = Func("name_sort", function="resident_fold", output_field=TextField())
    return rows.select_related("home").order_by(folded, "name_sort", "pk")


def missing(intake: Intake) -> QuerySet[Person]:
    """Who would have left, since a file with everybody no longer has them.

    Nobody leaves because their row cannot be read, because a spreadsheet ate their noughts or their
    reference came in other letters, nor while the file has the reference of a row that was merged into theirs.
    """
    rows = of_source(intake.source)
    if intake.mode != Mode.FULL:
        return rows.none()
    there = StagedRow.objects.filter(intake=intake, person_key=OuterRef("pk"))
    rows = rows.annotate(bare=_bare("reference")).filter(~Exists(there), ~Exists(_unread(intake)))
    rows = rows.exclude(pk__in=_merged_into_unread(intake))
    return rows.order_by("name_sort", "pk")


def _unread(intake: Intake) -> QuerySet[RefusedRow]:
    rows: QuerySet[RefusedRow] = RefusedRow.objects.annotate(bare=_bare("reference")).filter(
        intake=intake, bare=OuterRef("bare")
    )
    return rows


def _merged_into_unread(intake: Intake) -> set[int]:
    """The people that rows merged away lead to where such a row's reference could not be read."""
    stubs = Person.objects.filter(merged_into__isnull=False).annotate(bare=_bare("reference"))
    stubs = stubs.filter(~Q(reference=""), Exists(_unread(intake)))
    found: set[int] = set(stubs.order_by().values_list("merged_into", flat=True))
    newest = found
    while newest:
        above = Person.objects.filter(pk__in=newest, merged_into__isnull=False)
        newest = set(above.order_by().values_list("merged_into", flat=True)) - found
        found |= newest
    return found


def _bare(column: str) -> Func:
    return Lower(Func(F(column), Value("0"), function="ltrim"))
