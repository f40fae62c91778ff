"""Every page of plans: what it says, who may see it, and how many queries it takes."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actionplans.plans.models import Line, NoteEvidence, Plan
from actionplans.plans.operations import progress
from involvement.accounts.models import Membership
from involvement.landlords.models import Landlord
from tests.conftest import client_for
from tests.factories.accounts import make_member
from tests.factories.plans import CLERK, agree, make_agreed_plan, make_group, make_line, make_plan

DAY = dt.timedelta(days=1)
DESK = ["plan_list", "plan_add", "late_list", "flagged_list", "match_list", "upload_add"]
OF_PLAN = ["plan_detail", "plan_about", "plan_edit", "mark_list", "smart_check", "line_add"]
OF_LINE = [
    *("line_detail", "line_edit", "line_progress", "line_settle", "line_split"),
    *("line_move", "line_delete", "line_link", "line_send_link"),
]
CHANGES = {
    *("plan_add", "match_list", "upload_add", "plan_edit", "mark_list", "smart_check", "line_add"),
    *("line_edit", "line_settle", "line_split", "line_move", "line_delete", "line_link"),
    "line_send_link",
}


@pytest.fixture
def plan(in_poole: Landlord) -> Plan:
    plan = make_plan()
    group = make_group(plan)
    make_line(plan, under=group, owner_words="JM", deadline_words="Ongoing", monitor_words="Panel")
    make_line(
        plan, "Give a budget to a resident group", under=group, deadline_words="Sometime in spring"
    )
    return plan


@pytest.fixture
def line(plan: Plan) -> Line:
    found: Line = Line.objects.get(title="Begin road shows")
    return found


def addresses(plan: Plan, line: Line) -> list[tuple[str, str]]:
    found = [(name, reverse(f"plans:{name}")) for name in DESK]
    found += [(name, reverse(f"plans:{name}", args=[plan.pk])) for name in OF_PLAN]
    return found + [(name, reverse(f"plans:{name}", args=[line.pk])) for name in OF_LINE]


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_an_officer_opens_every_page_of_a_plan_and_its_lines(
    officer_client: Client, plan: Plan, line: Line
) -> None:
    for name, address in addresses(plan, line):
        response = officer_client.get(address)
        assert response.status_code == 200, name
        assert "</main>" in words(response), name


def test_strangers_find_nothing_and_contributors_may_not_change(
    stranger_client: Client, contributor_client: Client, plan: Plan, line: Line
) -> None:
    for name, address in addresses(plan, line):
        assert stranger_client.get(address).status_code == 404, name
        expected = 403 if name in CHANGES else 200
        assert contributor_client.get(address).status_code == expected, name


def test_the_plan_says_how_many_lines_it_has_and_what_is_late(
    officer_client: Client, plan: Plan, line: Line
) -> None:
    agree(plan)
    Line.objects.filter(pk=line.pk).update(due_on=timezone.localdate() - dt.timedelta(days=3))
    page = words(officer_client.get(reverse("plans:plan_detail", args=[plan.pk])))
    assert "<b>1 line is late</b>" in page
    assert "Red: late" in page
    assert "3 days late" in page
    assert "Showing all 2 lines." in page


def with_lines(plan: Plan, count: int) -> None:
    """So many lines in the plan, each with everything its row shows."""
    group = make_group(plan, "Another heading")
    for number in range(count):
        line = make_line(
            plan, f"Line {number}", under=group, owner_words="JM", monitor_words="Panel",
            deadline_words="Dec 2030", targets=["20 shops"],
        )  # fmt: skip
        progress.record_progress(line=line, words="Begun", by=CLERK, at=timezone.now())


@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("plan_detail", 26),
        ("plan_list", 7),
        ("late_list", 10),
        ("flagged_list", 10),
        ("smart_check", 11),
    ],
)
@pytest.mark.parametrize("count", [1, 3])
def test_a_list_takes_as_many_queries_for_three_lines_as_for_one(
    officer_client: Client,
    in_poole: Landlord,
    jean: Membership,
    django_assert_num_queries: Any,
    name: str,
    queries: int,
    count: int,
) -> None:
    plan = make_agreed_plan()
    with_lines(plan, count)
    if name == "late_list":
        Line.objects.filter(kind="ACTION").update(due_on=timezone.localdate() - DAY)
    if name == "flagged_list":
        Line.objects.filter(kind="ACTION").update(
            deadline_understood=False, deadline_problem="Not a date."
        )
    if name == "smart_check":
        Line.objects.filter(kind="ACTION").update(due_on=None)
    arguments = [plan.pk] if name in OF_PLAN else []
    with django_assert_num_queries(queries):
        page = words(officer_client.get(reverse(f"plans:{name}", args=arguments)))
    assert page.count("Line ") >= count or name == "plan_list"


def test_filters_are_repeated_in_words_with_the_count(
    officer_client: Client, plan: Plan, line: Line, jean: Membership
) -> None:
    address = reverse("plans:plan_detail", args=[plan.pk])
    staff = jean.staff
    assert staff is not None
    page = words(officer_client.get(address, {"owner": f"staff:{staff.pk}"}))
    assert "Showing 1 of 2 lines: those that are mine." in page
    assert "1 of 2 lines shown" in page
    assert "Give a budget" not in page
    page = words(officer_client.get(address, {"due": "unclear"}))
    assert "those with a deadline nobody could read yet." in page
    assert "Begin road shows" not in page
    page = words(officer_client.get(address, {"monitor": "words:Panel", "news": "60"}))
    assert "those monitored by Panel and without news for 60 days." in page
    page = words(officer_client.get(address, {"state": "done"}))
    assert "No line fits this filter." in page


def test_lines_due_this_quarter_are_found(officer_client: Client, plan: Plan, line: Line) -> None:
    Line.objects.filter(pk=line.pk).update(due_on=timezone.localdate())
    page = words(
        officer_client.get(reverse("plans:plan_detail", args=[plan.pk]), {"due": "quarter"})
    )
    assert "Showing 1 of 2 lines: those due this quarter." in page


def test_progress_is_noted_from_the_table_without_script(
    contributor_client: Client, plan: Plan, line: Line
) -> None:
    address = reverse("plans:plan_detail", args=[plan.pk])
    page = words(contributor_client.get(address, {"open": line.pk}))
    assert "What has happened" in page
    sent = {
        "words": "Vans are booked", "status": "ON_TRACK", "version": line.version,
        "form_key": str(uuid.uuid4()), "back": f"{address}?#line-{line.pk}",
    }  # fmt: skip
    for _ in range(2):
        answer = contributor_client.post(reverse("plans:line_progress", args=[line.pk]), sent)
        assert answer["Location"] == f"{address}?#line-{line.pk}"
    page = words(contributor_client.get(address))
    assert page.count("Vans are booked") == 1
    assert "Green: on track" in page


def test_an_address_elsewhere_is_not_gone_back_to(contributor_client: Client, line: Line) -> None:
    answer = contributor_client.post(
        reverse("plans:line_progress", args=[line.pk]),
        {"words": "Begun", "back": "https://evil.example/"},
    )
    assert answer["Location"] == reverse("plans:line_detail", args=[line.pk])


def test_progress_without_words_says_what_to_do(contributor_client: Client, line: Line) -> None:
    page = words(contributor_client.post(reverse("plans:line_progress", args=[line.pk]), {}))
    assert "One thing to put right" in page
    assert "Write what has happened, in a sentence or two." in page


def test_a_file_shows_a_note_to_be_true_and_only_members_open_it(
    contributor_client: Client, stranger_client: Client, line: Line
) -> None:
    contributor_client.post(
        reverse("plans:line_progress", args=[line.pk]),
        {"words": "Ten came", "evidence": SimpleUploadedFile("list.csv", b"name\nten")},
    )
    evidence = NoteEvidence.objects.get()
    address = reverse("plans:evidence_file", args=[evidence.pk])
    assert contributor_client.get(address).content == b"name\nten"
    assert stranger_client.get(address).status_code == 404


def test_a_plan_is_begun_agreed_published_and_read_by_anybody(
    officer_client: Client, visitor: Client, in_poole: Landlord
) -> None:
    officer_client.post(reverse("plans:plan_add"), {"title": "New plan", "levels": "Aim, Task"})
    plan = Plan.objects.get()
    assert plan.level_names == ["Aim", "Task"]
    public = reverse("plans_public:plan_detail", args=[plan.pk])
    assert visitor.get(public).status_code == 404
    make_line(
        plan, "Ring back", owner_words="JM", deadline_words="June 2030", measure="A log of calls"
    )
    agreed = {"agreed_on": "2026-03-11", "agreed_by": "Housing Strategy Panel"}
    officer_client.post(reverse("plans:plan_agree", args=[plan.pk]), agreed)
    for _ in range(2):
        officer_client.post(reverse("plans:plan_publish", args=[plan.pk]))
    assert plan.versions.count() == 2
    page = words(visitor.get(public))
    assert "Ring back" in page
    assert "Agreed by Housing Strategy Panel." in page
    assert "New plan" in words(visitor.get(reverse("plans_public:plan_list")))
    pdf = visitor.get(reverse("plans_public:plan_pdf", args=[plan.pk]))
    assert pdf.content.startswith(b"%PDF-")
    large = visitor.get(reverse("plans_public:plan_large_print", args=[plan.pk]))
    assert large.content.startswith(b"%PDF-")
    assert large.content != pdf.content
    assert (
        "large%20print.pdf" in large["Content-Disposition"]
        or "large print.pdf" in large["Content-Disposition"]
    )
    versions = reverse("plans:version_detail", args=[plan.pk, 2])
    assert "Its checksum fits" in words(officer_client.get(versions))


def test_a_manager_sees_what_a_plan_lacks_and_gives_the_reason(
    poole: Landlord, plan: Plan, line: Line
) -> None:
    client = client_for(poole, make_member(poole, "Dev Acharya (demo)", "MANAGER"))
    agreed = {"agreed_on": timezone.localdate().isoformat(), "agreed_by": "The panel"}
    agree, check = (
        reverse(f"plans:{name}", args=[plan.pk]) for name in ("plan_agree", "smart_check")
    )
    refused = client.post(agree, agreed, follow=True)
    assert refused.redirect_chain == [(check, 302)]
    assert refused.status_code == 200
    page = words(refused)
    assert "Begin road shows" in page
    assert "Tick the lines that one reason serves, or ask an involvement officer" in page
    assert "Fill it in" not in page
    assert client.get(reverse("plans:line_edit", args=[line.pk])).status_code == 403
    keys = [row.pk for row, _ in refused.context["rows"]]
    client.post(check, {"lines": keys, "words": "Standing work."})
    client.post(agree, agreed)
    plan.refresh_from_db()
    assert plan.state == "AGREED"


def test_a_plan_that_is_not_smart_leads_to_the_check(officer_client: Client, plan: Plan) -> None:
    answer = officer_client.post(
        reverse("plans:plan_agree", args=[plan.pk]),
        {"agreed_on": "2026-03-11", "agreed_by": "Panel"},
        follow=True,
    )
    page = words(answer)
    assert "2 lines have no measure, owner or date." in page
    keys = [line.pk for line in Line.objects.filter(kind="ACTION").order_by("pk")]
    officer_client.post(
        reverse("plans:smart_check", args=[plan.pk]), {"lines": keys, "words": "Standing work"}
    )
    assert "Nothing is missing." in words(
        officer_client.get(reverse("plans:smart_check", args=[plan.pk]))
    )


@pytest.mark.parametrize(
    ("form", "start"),
    [("csv", b'"'), ("xlsx", b"PK"), ("pdf", b"%PDF-"), ("large-print", b"%PDF-")],
)
def test_a_plan_is_taken_away_in_four_forms(
    officer_client: Client, plan: Plan, form: str, start: bytes
) -> None:
    answer = officer_client.get(reverse("plans:plan_export", args=[plan.pk, form]))
    assert answer.content.startswith(start)
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_form_of_file_we_do_not_write_is_not_found(officer_client: Client, plan: Plan) -> None:
    assert (
        officer_client.get(reverse("plans:plan_export", args=[plan.pk, "doc"])).status_code == 404
    )


def test_lines_are_added_moved_split_linked_and_deleted_on_pages(
    officer_client: Client, plan: Plan, line: Line
) -> None:
    group = line.parent
    assert group is not None
    added = f"{reverse('plans:line_add', args=[plan.pk])}?under={group.pk}"
    officer_client.post(added, {"title": "Ring back", "form_key": str(uuid.uuid4())})
    new = Line.objects.get(title="Ring back")
    assert (new.parent, new.kind) == (group, "ACTION")
    officer_client.post(reverse("plans:line_move", args=[new.pk]), {"under": group.pk, "after": ""})
    new.refresh_from_db()
    assert new.position == 2
    officer_client.post(
        reverse("plans:line_link", args=[new.pk]), {"other": line.pk, "kind": "SHARES"}
    )
    assert new.links.get().other == line
    officer_client.post(reverse("plans:line_unlink", args=[new.links.get().pk]))
    assert not new.links.exists()
    officer_client.post(
        reverse("plans:line_split", args=[line.pk]),
        {"words_1": "A", "deadline_1": "2030", "words_2": "B", "version": line.version},
    )
    assert [part.description for part in line.children.order_by("position")] == ["A", "B"]
    officer_client.post(reverse("plans:line_delete", args=[new.pk]), {"reason": "Written twice"})
    assert not Line.objects.filter(pk=new.pk).exists()


def test_the_desk_is_told_how_many_lines_are_late(
    officer_client: Client, plan: Plan, line: Line
) -> None:
    agree(plan)
    Line.objects.filter(pk=line.pk).update(due_on=timezone.localdate() - DAY)
    assert "One plan line is late" in words(officer_client.get(reverse("faces:desk_home")))
