from __future__ import annotations

import datetime as dt

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from involvement.calendars.periods import NotAPeriodError, Period, read_period
from involvement.landlords.models import Landlord
from reporting.catalogue.queries import Audience, Kind
from reporting.figures import frozen
from reporting.figures.queries import Counted, Elsewhere, log_began_after, numbers_of, said_late
from reporting.figures.shapes import Facts
from reporting.library.models import Report, ReportFile, Wording
from reporting.schedule.queries import counted_until, schedule_of

OUT = (Report.State.PUBLISHED,)
LATEST = ("-period_end_on", "-period_start_on", "kind", "-version", "-pk")


def reports() -> QuerySet[Report]:
    """Every report without its facts, the latest period first."""
    found: QuerySet[Report] = Report.objects.defer("facts").order_by(*LATEST)
    return found


def published(audience: str = "") -> QuerySet[Report]:
    """What is published, the latest period first, without the facts."""
    found = reports().filter(state__in=OUT)
    return found.filter(audience=audience) if audience else found


def for_residents() -> QuerySet[Report]:
    """What anybody may read."""
    return published(Audience.RESIDENTS)


def latest_for_residents() -> Report | None:
    """The report the public page shows, with its facts."""
    found: Report | None = for_residents().defer(None).first()
    return found


def waiting_drafts() -> QuerySet[Report]:
    """Drafts that an officer has to look at, and approved ones nobody has published."""
    return reports().filter(state__in=[Report.State.DRAFT, Report.State.APPROVED])


def versions_of(kind: Kind, period: Period) -> QuerySet[Report]:
    """Every version of one report, the latest first, with the facts."""
    found: QuerySet[Report] = Report.objects.filter(
        kind=kind.slug,
        audience=kind.audience,
        period_start_on=period.start,
        period_end_on=period.end,
    ).order_by("-version", "-pk")
    return found


def later_version_of(report: Report) -> Report | None:
    """The newest version of the same report, where it is newer than this one."""
    found: Report | None = (
        reports()
        .filter(
            kind=report.kind,
            audience=report.audience,
            period_start_on=report.period_start_on,
            period_end_on=report.period_end_on,
            version__gt=report.version,
        )
        .first()
    )
    return found


def facts_of(report: Report) -> Facts:
    """The frozen facts. Raises ValueError where the report has none yet."""
    if report.facts is None:
        raise ValueError(f"{report} has no facts yet")
    return frozen.from_json(report.facts)


def is_intact(report: Report) -> bool:
    """Whether the facts are still those the checksum was taken of."""
    return report.facts is not None and frozen.checksum(report.facts) == report.checksum


def wording_of(report: Report) -> dict[str, str]:
    """Our own words as they stand, by key, where they differ from what was first written."""
    return {each.key: each.words for each in wording_history(report)}


def wording_history(report: Report) -> list[Wording]:
    """Every change of wording, the earliest first."""
    return list(Wording.objects.filter(report=report).order_by("changed_at", "pk"))


def files_of(report: Report) -> list[ReportFile]:
    """The files that show the present wording, PDF first."""
    found = ReportFile.objects.filter(report=report, edition=report.edition)
    order = {form: place for place, form in enumerate(ReportFile.Form.values)}
    return sorted(found.select_related("file").order_by("pk"), key=lambda each: order[each.form])


def unfinished(at: dt.datetime) -> QuerySet[Report]:
    """Reports a worker should have in hand and none has: never begun, or its lease has ended."""
    in_hand = Q(state__in=[Report.State.DUE, Report.State.MAKING]) | Q(
        state=Report.State.APPROVED
    ) & ~Q(files_edition=F("edition"))
    free = Q(lease_ends_at__isnull=True) | Q(lease_ends_at__lte=at)
    return reports().filter(in_hand, free, failure="")


def period_of(report: Report, landlord: Landlord) -> Period:
    """The period again, from its code; from its days where the landlord's year has changed since."""
    try:
        period = read_period(report.period_code, year_start_month=landlord.year_start_month)
    except NotAPeriodError:
        period = None
    if period and (period.start, period.end) == (report.period_start_on, report.period_end_on):
        return period
    days = f"{report.period_start_on}:{report.period_end_on}"
    return read_period(days, year_start_month=landlord.year_start_month)


def counting_moment(kind: Kind, period: Period, at: dt.datetime) -> dt.datetime:
    """Up to when a report made at `at` counts: the cut-off, or now where that is still to come.

    Where the landlord's log was begun after the cut-off, everything in it by now counts: there was
    nothing that could have been reported in time.
    """
    cutoff = counted_until(period, schedule_of(kind).cutoff_days)
    if at <= cutoff or log_began_after(cutoff):
        return at
    return cutoff


def numbers_before(kind: Kind, period: Period, at: dt.datetime) -> dict[str, int]:
    """The numbers of the period before: as they were reported, or counted by the same rule."""
    before = period.previous()
    reported = versions_of(kind, before).filter(facts__isnull=False).first()
    if reported is not None:
        return dict(facts_of(reported).numbers)
    return numbers_of(
        before, counting_moment(kind, before, at), counted_elsewhere(kind, before, at)
    )


def counted_elsewhere(kind: Kind, period: Period, at: dt.datetime) -> Elsewhere:
    """What other reports of the kind count, so that the one of `period` does not count it too."""
    before = period.previous()
    reported = versions_of(kind, before).filter(facts__isnull=False).defer("facts").first()
    later = Report.objects.filter(
        kind=kind.slug, audience=kind.audience, period_start_on__gt=period.end
    )
    return Elsewhere(
        until=reported.counted_at if reported else counting_moment(kind, before, at),
        own=_counted(versions_of(kind, period)),
        later=_counted(later.order_by("pk")),
    )


def _counted(reports: QuerySet[Report]) -> Counted:
    """The decisions and changes that these reports count, by their figures' keys."""
    keys: dict[str, set[int]] = {"T10": set(), "T17": set()}
    for figures in reports.filter(facts__isnull=False).values_list("facts__figures", flat=True):
        for figure in figures:
            keys.get(figure["code"], set()).update(figure["keys"])
    return Counted(decisions=frozenset(keys["T17"]), changes=frozenset(keys["T10"]))


def is_wanted(landlord: Landlord, period: Period) -> bool:
    """Whether the timer makes this report: not of a time before the landlord was here, unless
    something that was said then is in its log."""
    here = timezone.localdate(landlord.created_at) <= period.end
    return here or said_late(period, dt.datetime.min.replace(tzinfo=dt.UTC)) > 0
