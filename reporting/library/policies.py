from __future__ import annotations

import datetime as dt
import re

from django.utils import timezone

from involvement.auditing.refusals import Refusal
from involvement.calendars.periods import Period
from involvement.calendars.words import say_date
from involvement.rendering.documents import LONGEST_OPENING
from reporting.figures.shapes import Facts
from reporting.library.models import Report

OWN_TEXTS = re.compile(r"(opening|note|next|[A-Z]\d\d\.(said|did|because|quote))")


class PeriodHasNotBegun(Refusal):
    """This period has not begun, so there is nothing to report. Choose an earlier one."""


class ReportIsClosed(Refusal):
    """This report is published, and nothing changes it any more. Start a new version instead, and
    say why."""


class NotADraft(Refusal):
    """Only a draft can be changed. Take the approval back first."""


class ResidentsWordsStay(Refusal):
    """These are residents' own words, or a minority's view. They are printed as they were written;
    you may leave a quotation out, not change it."""


class OpeningTooLong(Refusal):
    """The opening stands on the cover and has to fit it. Write at most 320 letters."""


class NotReadyToApprove(Refusal):
    """The draft is still being made. Approve it when it is there."""


class NotApproved(Refusal):
    """Approve the report before it is published."""


class FilesNotMade(Refusal):
    """The files of the approved report are still being made. Publish it when they are there."""


class FactsAreNotIntact(Refusal):
    """The figures of this report are not those that were frozen. Do not publish it; ask whoever
    runs the system to find out why."""


class PeriodNotOver(Refusal):
    """The period was not over when this report was counted. Say that you want to publish it all
    the same."""


class NothingPublished(Refusal):
    """Only a published report can be withdrawn or written anew."""


class ReasonMissing(Refusal):
    """Say why, in plain words. The reason is printed."""


class VersionIsBegun(Refusal):
    """A later version of this report is there already. Work on that one."""


def check_can_begin(period: Period, today: dt.date) -> None:
    """Raises PeriodHasNotBegun."""
    if period.start > today:
        raise PeriodHasNotBegun


def check_can_word(report: Report, facts: Facts, key: str, words: str) -> None:
    """Whether one of our own texts may become `words`. Raises ReportIsClosed, NotADraft,
    ResidentsWordsStay, OpeningTooLong."""
    if report.is_out:
        raise ReportIsClosed
    if report.state != Report.State.DRAFT:
        raise NotADraft
    if not OWN_TEXTS.fullmatch(key):
        raise ResidentsWordsStay
    code, _dot, part = key.partition(".")
    pair = facts.pair(code) if part else None
    if part and (pair is None or (part == "said" and pair.is_quote)):
        raise ResidentsWordsStay
    if key == "opening" and len(words) > LONGEST_OPENING:
        raise OpeningTooLong


def can_word(report: Report) -> bool:
    """Whether our own texts may be changed."""
    return report.state == Report.State.DRAFT and not report.is_out


def check_can_approve(report: Report) -> None:
    """Raises ReportIsClosed, NotReadyToApprove."""
    if report.is_out:
        raise ReportIsClosed
    if report.state != Report.State.DRAFT:
        raise NotReadyToApprove


def can_approve(report: Report) -> bool:
    """Whether there is a draft to approve."""
    return report.state == Report.State.DRAFT


def was_counted_early(report: Report) -> bool:
    """Whether it was counted before its period was over, so that days are missing in it."""
    just_after = timezone.localdate(report.counted_at + dt.timedelta(seconds=1))
    return just_after <= report.period_end_on


def early_words(report: Report) -> str:
    """What is missing in a report that was counted before its period was over, and until when."""
    counted = say_date(timezone.localdate(report.counted_at))
    return (
        f"{report.period_label} ends on {say_date(report.period_end_on)}, and this report was "
        f"counted up to {counted}. What is said, decided and done between those days is not in it."
    )


def check_can_publish(report: Report, *, intact: bool, early: bool) -> None:
    """`early` is that somebody wants it published though it was counted before its period ended.

    Raises NotApproved, FilesNotMade, FactsAreNotIntact, PeriodNotOver.
    """
    if report.state != Report.State.APPROVED:
        raise NotApproved
    if not report.has_files:
        raise FilesNotMade
    if not intact:
        raise FactsAreNotIntact
    if was_counted_early(report) and not early:
        raise PeriodNotOver(early_words(report))


def can_publish(report: Report) -> bool:
    """Whether it is approved and its files are there."""
    return report.state == Report.State.APPROVED and report.has_files


def can_recount(report: Report, at: dt.datetime) -> bool:
    """Whether it is a draft that was counted before its period was over, and time has passed."""
    counted = timezone.localdate(report.counted_at)
    return (
        report.state == Report.State.DRAFT
        and was_counted_early(report)
        and counted < timezone.localdate(at)
    )


def check_can_withdraw(report: Report, because: str) -> None:
    """Raises NothingPublished, ReasonMissing."""
    if report.state != Report.State.PUBLISHED:
        raise NothingPublished
    if not because.strip():
        raise ReasonMissing


def check_can_restate(report: Report, because: str, later: Report | None) -> None:
    """Raises NothingPublished, ReasonMissing, VersionIsBegun."""
    if not report.is_out:
        raise NothingPublished
    if later is not None:
        raise VersionIsBegun
    if not because.strip():
        raise ReasonMissing


def can_withdraw(report: Report) -> bool:
    """Whether it is published now."""
    return report.state == Report.State.PUBLISHED
