from __future__ import annotations

from typing import Any
from unittest import mock

import pytest
from django.test import Client
from django.utils import timezone

from involvement.accounts.models import Membership
from involvement.auditing.actors import Actor
from involvement.landlords.models import Landlord
from reporting.library import operations, queries
from reporting.library.models import Report, Wording
from tests.actionplans.asked import seen_of
from tests.conftest import client_for
from tests.factories.accounts import make_member
from tests.reporting.conftest import PDF, begun, made

pytestmark = pytest.mark.django_db


@pytest.fixture
def board_client(in_poole: Landlord) -> Client:
    """Bo Shaw (demo), a member of the board."""
    return client_for(in_poole, make_member(in_poole, "Bo Shaw (demo)", "BOARD", initials="BS"))


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_an_officer_takes_a_report_from_its_beginning_to_the_public_page(
    officer_client: Client,
    visitor: Client,
    quarter: dict[str, Any],
    in_poole: Landlord,
    officer: Actor,
) -> None:
    officer_client.post("/desk/reports/begin/", {"kind": "they-said-we-did", "period": "soon"})
    assert not Report.objects.exists()
    report = made(begun(officer), in_poole, officer)
    desk = f"/desk/reports/{report.pk}/"
    assert "Approve the report" in page(officer_client, desk)
    officer_client.post(f"{desk}wording/?edit=opening", {"words": "A summer of repairs."})
    assert Wording.objects.get().words == "A summer of repairs."
    assert "A summer of repairs." in page(officer_client, desk)
    assert "Nothing is published here yet" in page(visitor, "/you-said-we-did/")
    operations.approve_report(report=report, by=officer, at=timezone.now())
    made(report, in_poole, officer)
    officer_client.post(f"{desk}publish/")
    officer_client.post(f"{desk}publish/")
    report.refresh_from_db()
    assert report.state == Report.State.PUBLISHED
    shown = page(visitor, "/you-said-we-did/")
    assert "A summer of repairs." in shown
    assert "I stayed in all day and nobody came." in shown
    assert "One-hour windows would cost £46,000 a year" in shown
    assert "2 of the 3 who answered say yes; 1 says partly." in shown
    assert "Doreen Hackett" not in shown


def test_a_quarter_that_is_not_over_is_published_only_after_asking(
    officer_client: Client, quarter: dict[str, Any], in_poole: Landlord, officer: Actor
) -> None:
    report = made(begun(officer, period="2026-Q4"), in_poole, officer)
    desk = f"/desk/reports/{report.pk}/"
    missing = "ends on 31 December 2026, and this report was counted up to 12 November 2026."
    assert missing in page(officer_client, desk)
    made(operations.approve_report(report=report, by=officer, at=timezone.now()), in_poole, officer)
    asked = officer_client.post(f"{desk}publish/").content.decode()
    assert "Publish it though days are missing?" in asked
    assert missing in asked
    report.refresh_from_db()
    assert report.state == Report.State.APPROVED
    said = officer_client.post(f"{desk}publish/", {"early": "yes"}, follow=True)
    assert "The report is published." in said.content.decode()


def test_an_early_draft_is_counted_again_from_its_page(
    officer_client: Client,
    quarter: dict[str, Any],
    in_poole: Landlord,
    officer: Actor,
    jean: Membership,
    time_machine: Any,
) -> None:
    report = made(begun(officer, period="2026-Q4"), in_poole, officer)
    desk = f"/desk/reports/{report.pk}/"
    assert "Count it again, up to now" not in page(officer_client, desk)
    time_machine.move_to("2026-11-20T09:30:00+00:00")
    week_later = client_for(in_poole, jean)
    assert "Count it again, up to now" in page(week_later, desk)
    with mock.patch("reporting.library.making.render_pdf", return_value=PDF):
        week_later.post(f"{desk}recount/")
    report.refresh_from_db()
    assert report.state == Report.State.DRAFT
    assert queries.facts_of(report).counted_on == "2026-11-20"


def test_a_wrong_period_is_answered_beside_the_field(officer_client: Client) -> None:
    answer = officer_client.post(
        "/desk/reports/begin/", {"kind": "you-said-we-did", "period": "soon"}
    )
    assert "“soon” is not a period." in answer.content.decode()


def test_chips_choose_a_subject(visitor: Client, published: Report) -> None:
    everything = page(visitor, "/you-said-we-did/")
    grounds = page(visitor, "/you-said-we-did/?subject=grounds")
    assert "There is nowhere to sit at the stop." in grounds
    assert "Seats by the bus stop" not in grounds
    assert "The entry phone lights are too dim" in everything
    assert "The entry phone lights are too dim" not in grounds


def test_anybody_takes_the_files_with_them(visitor: Client, published: Report) -> None:
    answer = visitor.get(f"/you-said-we-did/{published.pk}/pdf/")
    assert answer["Content-Type"] == "application/pdf"
    assert "poole-you-said-we-did-2026-Q3.pdf" in answer["Content-Disposition"]
    text = visitor.get(f"/you-said-we-did/{published.pk}/text/").content.decode("utf-8-sig")
    assert "We did not, because" in text


def test_a_draft_is_not_public(visitor: Client, board_client: Client, draft: Report) -> None:
    assert Report.objects.filter(state="DRAFT").exists()
    assert visitor.get(f"/you-said-we-did/{draft.pk}/").status_code == 404
    assert visitor.get(f"/you-said-we-did/{draft.pk}/pdf/").status_code == 404
    assert board_client.get(f"/board/reports/{draft.pk}/").status_code == 404


def test_a_staff_report_is_not_public(
    visitor: Client,
    board_client: Client,
    quarter: dict[str, Any],
    in_poole: Landlord,
    officer: Actor,
) -> None:
    now = timezone.now()
    report = made(begun(officer, "they-said-we-did"), in_poole, officer)
    made(operations.approve_report(report=report, by=officer, at=now), in_poole, officer)
    operations.publish_report(report=report, by=officer, at=now)
    assert visitor.get(f"/you-said-we-did/{report.pk}/").status_code == 404
    shown = page(board_client, f"/board/reports/{report.pk}/")
    assert "What is expected of whom" in shown


def test_a_figure_opens_its_records_for_those_who_may_read_the_log(
    officer_client: Client, board_client: Client, published: Report
) -> None:
    desk = page(officer_client, f"/desk/reports/{published.pk}/figures/T07/")
    assert "The bins are noisy." in desk
    told = page(officer_client, f"/desk/reports/{published.pk}/figures/T11/")
    assert "Doreen Hackett (demo)" in told
    board = page(board_client, f"/board/reports/{published.pk}/figures/T11/")
    assert "Know when repairs come" in board
    assert "Doreen Hackett" not in board
    assert "The bins are noisy." not in page(
        board_client, f"/board/reports/{published.pk}/figures/T07/"
    )


def test_a_theme_opens_by_its_code_and_an_unknown_code_opens_nothing(
    officer_client: Client, published: Report
) -> None:
    shown = page(officer_client, f"/desk/reports/{published.pk}/figures/p03/")
    assert "carers lose a day’s pay" in shown
    assert officer_client.get(f"/desk/reports/{published.pk}/figures/X99/").status_code == 404


@pytest.mark.parametrize("code", ["T01", "T05", "T09", "T10", "T16"])
def test_every_kind_of_evidence_opens(officer_client: Client, published: Report, code: str) -> None:
    shown = page(officer_client, f"/desk/reports/{published.pk}/figures/{code}/")
    assert "The records, as they are kept today" in shown


def test_a_quotation_is_left_out_and_residents_words_are_not_written_over(
    officer_client: Client, draft: Report
) -> None:
    words = f"/desk/reports/{draft.pk}/wording/"
    officer_client.post(f"{words}?edit=P01.quote", {"words": ""})
    assert Wording.objects.get().key == "P01.quote"
    answer = officer_client.post(f"{words}?edit=P02.said", {"words": "The lights are fine."})
    assert Wording.objects.count() == 1
    assert answer.status_code == 200


def test_the_second_to_word_a_text_is_shown_what_the_first_wrote_and_loses_nothing(
    officer_client: Client, draft: Report
) -> None:
    address = f"/desk/reports/{draft.pk}/wording/?edit=opening"
    seen = seen_of(officer_client.get(address))
    officer_client.post(address, {"words": "A summer of repairs.", "seen": seen})
    answer = officer_client.post(address, {"words": "A dry summer.", "seen": seen})
    shown = answer.content.decode()
    assert "Somebody else changed this while you were writing." in shown
    assert "Jean Marlow (demo) saved this on " in shown
    assert '<td data-label="They saved">A summer of repairs.</td>' in shown
    assert ">A dry summer.</textarea>" in shown
    assert Wording.objects.count() == 1
    officer_client.post(address, {"words": "A dry summer.", "seen": seen_of(answer)})
    assert queries.wording_of(draft)["opening"] == "A dry summer."


def test_a_text_that_is_too_long_is_not_lost(officer_client: Client, draft: Report) -> None:
    address = f"/desk/reports/{draft.pk}/wording/?edit=opening"
    long = "word " * 801
    shown = officer_client.post(address, {"words": long}).content.decode()
    assert "This is too long. Write at most 4,000 letters." in shown
    assert f">{long}</textarea>" in shown


def test_progress_is_told_until_it_is_made(
    officer_client: Client, quarter: dict[str, Any], in_poole: Landlord, officer: Actor
) -> None:
    report = begun(officer)
    operations.take_lease(report_id=report.pk, holder="one", by=officer, at=timezone.now())
    operations.note_progress(
        report_id=report.pk, holder="one", percent=25, words="Setting the PDF", by=officer, at=timezone.now(),
    )  # fmt: skip
    waiting = page(officer_client, f"/desk/reports/{report.pk}/")
    assert "<b>Setting the PDF</b>, 25%" in waiting
    assert ">Look again</a>" in waiting
    answer = officer_client.get(f"/desk/reports/{report.pk}/progress/")
    assert "HX-Refresh" not in answer.headers
    Report.objects.filter(pk=report.pk).order_by().update(leased_by="", lease_ends_at=None)
    made(report, in_poole, officer)
    assert officer_client.get(f"/desk/reports/{report.pk}/progress/")["HX-Refresh"] == "true"


def test_the_lengths_speak_to_whom_the_report_is_for(
    officer_client: Client, quarter: dict[str, Any], in_poole: Landlord, officer: Actor
) -> None:
    for kind, said in (("you-said-we-did", "You said:"), ("they-said-we-did", "They said:")):
        report = made(begun(officer, kind), in_poole, officer)
        for length in ("poster", "column"):
            words = page(officer_client, f"/desk/reports/{report.pk}/words/{length}.txt")
            assert f"\n{said} “I stayed in all day and nobody came." in words


def test_the_report_comes_at_three_lengths(officer_client: Client, published: Report) -> None:
    lengths = {
        length: len(
            officer_client.get(f"/desk/reports/{published.pk}/words/{length}.txt").content.split()
        )
        for length in ("poster", "column", "full")
    }
    assert lengths["poster"] <= 120
    assert lengths["poster"] < lengths["column"] < lengths["full"]
    assert officer_client.get(f"/desk/reports/{published.pk}/words/ode.txt").status_code == 404


def test_a_reason_is_asked_before_a_report_is_withdrawn(
    officer_client: Client, published: Report
) -> None:
    address = f"/desk/reports/{published.pk}/withdraw/"
    assert "Say why" in officer_client.post(address, {"because": ""}).content.decode()
    officer_client.post(address, {"because": "A name slipped in."})
    published.refresh_from_db()
    assert published.state == Report.State.WITHDRAWN


def test_the_first_pages_show_what_waits_and_what_is_published(
    officer_client: Client, visitor: Client, published: Report, in_poole: Landlord, officer: Actor
) -> None:
    made(begun(officer, "they-said-we-did"), in_poole, officer)
    assert "Reports that wait for you" in page(officer_client, "/desk/")
    assert "I stayed in all day and nobody came." in page(visitor, "/")


def test_the_schedule_is_chosen_on_its_page(officer_client: Client) -> None:
    address = "/desk/reports/schedule/"
    assert "is made on" in page(officer_client, address)
    officer_client.post(
        address,
        {"kind": "you-said-we-did", "you-said-we-did-every": "NEVER", "you-said-we-did-cutoff_days": "10"},
    )  # fmt: skip
    assert "It is made only by hand." in page(officer_client, address)


@pytest.mark.parametrize(
    "path", ["", "preview/", "words/", "figures/T01/", "files/pdf/", "progress/"]
)
def test_strangers_find_nothing_on_the_desk(
    stranger_client: Client,
    contributor_client: Client,
    board_client: Client,
    published: Report,
    path: str,
) -> None:
    address = f"/desk/reports/{published.pk}/{path}"
    assert contributor_client.get(address).status_code == 200
    assert stranger_client.get(address).status_code == 404
    assert board_client.get(address).status_code == 403


@pytest.mark.parametrize("path", ["wording/", "withdraw/", "new-version/"])
def test_a_contributor_changes_nothing(
    stranger_client: Client, contributor_client: Client, published: Report, path: str
) -> None:
    address = f"/desk/reports/{published.pk}/{path}"
    assert contributor_client.get(address).status_code == 403
    assert stranger_client.get(address).status_code == 404


def test_strangers_find_no_library(
    stranger_client: Client, board_client: Client, published: Report
) -> None:
    assert "You said, we did" in page(board_client, "/board/")
    for path in ("", f"reports/{published.pk}/", f"reports/{published.pk}/figures/T01/"):
        assert stranger_client.get(f"/board/{path}").status_code == 404


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_asks_as_often_for_three_reports_as_for_one(
    officer_client: Client, in_poole: Landlord, jean: Membership, officer: Actor, size: int,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    for period in ("2026-Q1", "2026-Q2", "2026-Q3")[:size]:
        made(begun(officer, period=period), in_poole, officer)
    with django_assert_num_queries(10):
        shown = page(officer_client, "/desk/reports/")
    assert shown.count("/desk/reports/") >= size
