from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actionplans.decisions.models import Decision
from actionplans.feedback.models import Feedback
from involvement.auditing.actors import Actor
from involvement.auditing.refusals import Refusal
from involvement.calendars.periods import read_period
from involvement.documents.models import StoredFile
from involvement.landlords.models import Landlord
from reporting.catalogue.queries import kind_named
from reporting.figures.queries import facts_of
from reporting.figures.shapes import Facts
from reporting.library import making, operations, policies, queries
from reporting.library.models import Report, ReportFile, Wording
from reporting.library.papers import paper_text
from tests.factories.reports import noon, say
from tests.reporting.conftest import begun, made

pytestmark = pytest.mark.django_db


def word(report: Report, key: str, words: str, by: Actor) -> Report:
    return operations.word_text(report=report, key=key, words=words, by=by, at=timezone.now())


def test_a_report_is_begun_once_whatever_its_period_is_called(
    in_poole: Landlord, officer: Actor
) -> None:
    first = begun(officer, period="2026-Q3")
    assert begun(officer, period="2026/27-Q2") == first
    assert begun(officer, period="2026-07-01:2026-09-30") == first
    assert Report.objects.count() == 1


def test_a_period_that_has_not_begun_is_refused(in_poole: Landlord, officer: Actor) -> None:
    with pytest.raises(policies.PeriodHasNotBegun):
        begun(officer, period="2027-Q1")


def test_a_draft_has_frozen_facts_with_their_checksum_and_its_files(draft: Report) -> None:
    assert draft.state == Report.State.DRAFT
    assert queries.is_intact(draft)
    assert queries.facts_of(draft).numbers["said"] == 14
    assert timezone.localdate(draft.counted_at) == dt.date(2026, 10, 31)
    assert [each.form for each in queries.files_of(draft)] == ["PDF", "LARGE_PRINT", "TEXT"]
    assert draft.leased_by == ""


def test_making_it_again_makes_nothing_twice(
    draft: Report, in_poole: Landlord, officer: Actor
) -> None:
    assert not making.make(report_id=draft.pk, landlord=in_poole, holder="worker 2", by=officer)
    assert ReportFile.objects.count() == 3
    assert StoredFile.objects.count() == 3


def test_the_paper_comes_from_the_frozen_facts_alone(draft: Report) -> None:
    issue = making.issue_of(draft)
    before = paper_text(making.told_of(draft), issue)
    assert "Two seats will stand by the bus stop." in before
    Decision.objects.order_by().update(what="Something else", because="Something else")
    Feedback.objects.order_by().update(
        words="Something else", original_words="", quote_permission=False
    )
    Landlord.objects.filter(slug="poole").update(name="Another name")
    draft.refresh_from_db()
    assert paper_text(making.told_of(draft), issue) == before


def test_facts_that_were_tampered_with_are_not_published(
    draft: Report, in_poole: Landlord, officer: Actor
) -> None:
    made(operations.approve_report(report=draft, by=officer, at=timezone.now()), in_poole, officer)
    Report.objects.filter(pk=draft.pk).order_by().update(facts={**(draft.facts or {}), "late": 9})
    with pytest.raises(policies.FactsAreNotIntact):
        operations.publish_report(report=draft, by=officer, at=timezone.now())


def test_our_words_are_kept_beside_the_facts(draft: Report, officer: Actor) -> None:
    checksum = draft.checksum
    report = word(draft, "P01.did", "A text comes the evening before.", officer)
    assert not report.has_files
    told = making.told_of(report).facts.pair("P01")
    assert told is not None
    assert told.did == "A text comes the evening before."
    wording = Wording.objects.get()
    assert wording.original.startswith("Everybody now gets a text")
    assert wording.by_name == "Jean Marlow (demo)"
    assert queries.is_intact(report)
    assert report.checksum == checksum


@pytest.mark.parametrize("key", ["P01.said", "P03.minority_view", "T01", "P01.note", "Z99.did", ""])
def test_residents_words_and_figures_are_not_ours_to_change(
    draft: Report, officer: Actor, key: str
) -> None:
    with pytest.raises(policies.ResidentsWordsStay):
        word(draft, key, "Nicer words", officer)
    assert not Wording.objects.exists()


def test_an_opening_that_the_cover_cannot_hold_is_refused(draft: Report, officer: Actor) -> None:
    with pytest.raises(policies.OpeningTooLong):
        word(draft, "opening", "Words. " * 46, officer)
    word(draft, "opening", "Words. " * 45, officer)
    assert Wording.objects.count() == 1


def test_a_quotation_can_be_left_out_and_the_next_takes_its_place(
    draft: Report, officer: Actor
) -> None:
    report = word(draft, "P01.quote", "", officer)
    told = making.told_of(report).facts.pair("P01")
    assert told is not None
    assert told.said == "A message the evening before, please."
    assert told.more_quotes == ()


def test_only_a_draft_is_worded(published: Report, officer: Actor) -> None:
    with pytest.raises(policies.ReportIsClosed):
        word(published, "opening", "All is well.", officer)


def test_it_is_published_after_approval_and_with_its_files(
    draft: Report, in_poole: Landlord, officer: Actor
) -> None:
    now = timezone.now()
    with pytest.raises(policies.NotApproved):
        operations.publish_report(report=draft, by=officer, at=now)
    approved = operations.approve_report(report=draft, by=officer, at=now)
    with pytest.raises(policies.FilesNotMade):
        operations.publish_report(report=draft, by=officer, at=now)
    made(approved, in_poole, officer)
    report = operations.publish_report(report=draft, by=officer, at=now)
    assert report.state == Report.State.PUBLISHED
    assert making.issue_of(report).stands == "approved 12 November 2026"


def test_a_report_counted_before_its_period_was_over_is_published_only_on_purpose(
    in_poole: Landlord, quarter: dict[str, Any], officer: Actor
) -> None:
    now = timezone.now()
    report = made(begun(officer, period="2026-Q4"), in_poole, officer)
    made(operations.approve_report(report=report, by=officer, at=now), in_poole, officer)
    with pytest.raises(policies.PeriodNotOver, match="ends on 31 December 2026"):
        operations.publish_report(report=report, by=officer, at=now)
    published = operations.publish_report(report=report, by=officer, at=now, early=True)
    assert published.state == Report.State.PUBLISHED


def test_an_early_draft_can_be_counted_again_when_time_has_passed(
    in_poole: Landlord, quarter: dict[str, Any], officer: Actor, draft: Report
) -> None:
    now, tomorrow = timezone.now(), timezone.now() + dt.timedelta(days=1)
    early = made(begun(officer, period="2026-Q4"), in_poole, officer)
    assert not policies.can_recount(early, now)
    assert policies.can_recount(early, tomorrow)
    assert not policies.can_recount(draft, tomorrow)


def test_the_last_moment_of_a_period_is_not_early(draft: Report) -> None:
    draft.counted_at = dt.datetime(2026, 9, 30, 22, 59, 59, 999999, tzinfo=dt.UTC)
    assert not policies.was_counted_early(draft)
    draft.counted_at -= dt.timedelta(seconds=2)
    assert policies.was_counted_early(draft)


def test_publishing_twice_publishes_once(published: Report, officer: Actor) -> None:
    again = operations.publish_report(
        report=published, by=officer, at=timezone.now() + dt.timedelta(seconds=1)
    )
    assert again.published_at == published.published_at


@pytest.mark.parametrize(
    "change", [{"checksum": "0"}, {"facts": {}}, {"state": "DRAFT"}, {"edition": 9}]
)
def test_postgresql_lets_nothing_change_a_published_report(
    published: Report, change: dict[str, Any]
) -> None:
    with pytest.raises(DatabaseError, match="not changed"), transaction.atomic():
        Report.objects.filter(pk=published.pk).order_by().update(**change)


def test_postgresql_lets_nobody_delete_a_published_report_or_its_parts(published: Report) -> None:
    for delete in ("DELETE FROM reporting_reportfile", "DELETE FROM reporting_report"):
        with pytest.raises(DatabaseError, match=r"stays|not changed"), transaction.atomic():
            connection.cursor().execute(delete)
    with pytest.raises(DatabaseError, match="not changed"), transaction.atomic():
        Wording.objects.create(
            report=published, key="opening", changed_at=timezone.now(), by_kind="STAFF",
            by_name="Somebody (demo)", by_channel="WEB",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("report_published_was_approved", {"state": "PUBLISHED"}),
        (
            "report_withdrawn_says_why",
            {"state": "WITHDRAWN", "published_at": "now", "approved_at": "now"},
        ),
        ("report_restated_says_why", {"version": 2}),
        ("report_past_making_has_frozen_facts", {"facts": None}),
        ("report_period_ends_after_it_starts", {"period_end_on": dt.date(2026, 1, 1)}),
    ],
)
def test_postgresql_refuses_reports_that_make_no_sense(
    draft: Report, constraint: str, values: dict[str, Any]
) -> None:
    now = timezone.now()
    real = {name: now if value == "now" else value for name, value in values.items()}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Report.objects.filter(pk=draft.pk).order_by().update(**real)


def test_postgresql_makes_a_report_once_for_each_period(draft: Report) -> None:
    draft.pk = None
    with pytest.raises(IntegrityError, match="report_is_made_once"), transaction.atomic():
        draft.save(force_insert=True)


def test_last_quarters_report_gives_last_quarters_numbers(
    published: Report, in_poole: Landlord, officer: Actor
) -> None:
    say("Found in a drawer.", dt.date(2026, 7, 7), by_name="Late Person (demo)")
    assert Feedback.objects.count() == 15
    again = begun(officer, period="2026/27-Q2")
    assert again.pk == published.pk
    assert queries.facts_of(again).numbers["said"] == 14


def test_a_restatement_is_a_new_version_that_says_why(
    published: Report, in_poole: Landlord, officer: Actor
) -> None:
    say("Found in a drawer.", dt.date(2026, 7, 7), by_name="Late Person (demo)")
    now = timezone.now()
    with pytest.raises(policies.ReasonMissing):
        operations.restate_report(report=published, because=" ", counted_at=now, by=officer, at=now)
    later = operations.restate_report(
        report=published, because="A card was found.", counted_at=now, by=officer, at=now
    )
    with pytest.raises(policies.VersionIsBegun):
        operations.restate_report(report=published, because="x", counted_at=now, by=officer, at=now)
    made(later, in_poole, officer)
    made(operations.approve_report(report=later, by=officer, at=now), in_poole, officer)
    later = operations.publish_report(report=later, by=officer, at=now)
    published.refresh_from_db()
    assert (published.state, later.state, later.version) == ("REPLACED", "PUBLISHED", 2)
    assert queries.facts_of(later).numbers["said"] == 15
    assert queries.facts_of(published).numbers["said"] == 14
    text = paper_text(making.told_of(later), making.issue_of(later))
    assert "because: A card was found." in " ".join(text.split())


def test_withdrawing_keeps_the_report_and_the_reason(published: Report, officer: Actor) -> None:
    report = operations.withdraw_report(
        report=published, because="A name slipped in.", by=officer, at=timezone.now()
    )
    assert report.state == Report.State.WITHDRAWN
    assert queries.latest_for_residents() is None
    assert queries.is_intact(report)


def test_a_lease_keeps_a_second_worker_away_until_it_ends(
    in_poole: Landlord, officer: Actor, settings: Any
) -> None:
    report, now = begun(officer), timezone.now()
    take = operations.take_lease
    assert take(report_id=report.pk, holder="one", by=officer, at=now) is not None
    assert take(report_id=report.pk, holder="two", by=officer, at=now) is None
    later = now + dt.timedelta(seconds=settings.REPORT_LEASE_SECONDS)
    assert operations.renew_lease(
        report_id=report.pk, holder="one", by=officer, at=now + dt.timedelta(seconds=20)
    )
    assert take(report_id=report.pk, holder="two", by=officer, at=later) is None
    gone = later + dt.timedelta(seconds=21)
    assert report in queries.unfinished(gone)
    assert take(report_id=report.pk, holder="two", by=officer, at=gone) is not None
    assert not operations.renew_lease(report_id=report.pk, holder="one", by=officer, at=gone)
    with pytest.raises(operations.LeaseLost):
        operations.freeze_facts(
            report_id=report.pk, holder="one", landlord=in_poole, by=officer, at=gone
        )


def test_a_report_that_was_begun_too_often_stops_and_says_so(
    in_poole: Landlord, officer: Actor
) -> None:
    report, at = begun(officer), timezone.now()
    for number in range(7):
        at += dt.timedelta(hours=1)
        operations.take_lease(report_id=report.pk, holder=f"worker {number}", by=officer, at=at)
    report.refresh_from_db()
    assert report.failure == "It was begun 5 times and never finished."
    assert report not in queries.unfinished(at + dt.timedelta(hours=2))
    operations.ask_again(report=report, by=officer, at=at)
    assert report in queries.unfinished(at + dt.timedelta(hours=2))


def test_a_log_begun_after_the_cut_off_is_counted_as_it_is(
    in_poole: Landlord, officer: Actor
) -> None:
    said = say("The first thing we wrote down.", dt.date(2026, 9, 3))
    Feedback.objects.filter(pk=said.pk).order_by().update(recorded_at=noon(dt.date(2026, 11, 5)))
    period, now = read_period("2026-Q3"), timezone.now()
    assert queries.counting_moment(kind_named("you-said-we-did"), period, now) == now


def test_every_refusal_is_a_sentence() -> None:
    kinds = [each for each in vars(policies).values() if isinstance(each, type)]
    refusals = [each for each in kinds if issubclass(each, Refusal) and each is not Refusal]
    assert len(refusals) == 13
    assert all(str(each()).endswith((".", "printed.")) for each in refusals)


def test_counting_does_not_lock_the_report(
    in_poole: Landlord, quarter: dict[str, Any], officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the heartbeat, and whoever presses a button, would wait until it is done."""
    report = begun(officer)
    operations.take_lease(report_id=report.pk, holder="one", by=officer, at=timezone.now())

    def counted(**given: Any) -> Facts:
        assert not locks(asked)
        return facts_of(**given)

    def locks(asked: CaptureQueriesContext) -> list[str]:
        return [each["sql"] for each in asked.captured_queries if "FOR UPDATE" in each["sql"]]

    monkeypatch.setattr("reporting.library.operations.making.facts_of", counted)
    with CaptureQueriesContext(connection) as asked:
        operations.freeze_facts(
            report_id=report.pk, holder="one", landlord=in_poole, by=officer, at=timezone.now()
        )
    assert len(locks(asked)) == 1
