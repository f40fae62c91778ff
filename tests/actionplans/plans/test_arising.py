"""The tie between a decision and the lines of plans that carry it out, through its pages."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actionplans.decisions.models import Decision
from actionplans.decisions.operations import replace_decision
from actionplans.plans import policies
from actionplans.plans.models import Line, Plan
from actionplans.plans.operations import arising
from actionplans.thread.queries import broken
from actionplans.thread.stations import thread_of
from involvement.accounts.permissions import Role
from involvement.auditing.queries import history_of
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from tests.actionplans.asked import asked, text_of
from tests.conftest import client_for
from tests.factories.accounts import make_member
from tests.factories.decisions import make_body, make_decision, make_outcome, theme_of
from tests.factories.plans import CLERK, agree, make_group, make_line, make_plan

pytestmark = pytest.mark.django_db
LONG_AGO = dt.date(2026, 3, 2)


@pytest.fixture
def decision(in_poole: Landlord) -> Decision:
    return make_decision(theme_of(1), decided_on=LONG_AGO)


@pytest.fixture
def plan(in_poole: Landlord) -> Plan:
    return make_plan()


def page(name: str, key: int, query: str = "") -> str:
    return reverse(f"plans:{name}", args=[key]) + query


def archive(plan: Plan) -> None:
    agree(plan)
    Plan.objects.filter(pk=plan.pk).update(state=Plan.State.ARCHIVED, archived_at=timezone.now())


def told_of(record: Any) -> list[str]:
    return [entry.sentence for entry in history_of(record)]


def sent(**said: Any) -> dict[str, Any]:
    return {"title": "Fit new lifts", "form_key": str(uuid.uuid4()), **said}


def test_an_officer_puts_a_decision_on_a_plan_in_its_own_words_and_twice_makes_one_line(
    officer_client: Client, decision: Decision, plan: Plan
) -> None:
    heading = make_group(plan)
    address = page("arising_add", decision.pk)
    assert address in officer_client.get(f"/desk/decisions/{decision.pk}/").content.decode()
    form = officer_client.get(address).context["form"]
    begun = {bound.name: str(bound.value() or "") for bound in form}
    assert begun["title"] == "Lifts that stay mended"
    assert begun["description"] == "New lifts are fitted in both blocks."
    said = begun | {"under": heading.pk, "owner_words": "JM", "deadline_words": "March 2027"}
    shown = text_of(officer_client.post(address, said, follow=True))
    officer_client.post(address, said)
    line = Line.objects.get(arose_from=decision)
    assert (line.parent, line.owner_words, line.due_on) == (heading, "JM", dt.date(2027, 3, 31))
    assert line.promises
    assert "In Involvement plan (demo), by March 2027" in shown
    assert (
        told_of(decision).count("put it on “Involvement plan (demo)” as “Lifts that stay mended”")
        == 1
    )
    assert told_of(line) == ["added “Lifts that stay mended”"]
    assert thread_of(decision.theme, timezone.localdate()).states[3] == "tied"
    offered = officer_client.get(f"/desk/decisions/{decision.pk}/changed/")
    assert list(offered.context["form"].fields["line"].queryset) == [line]


def test_an_officer_ties_a_line_that_is_there_and_takes_it_off_again(
    officer_client: Client, decision: Decision, plan: Plan
) -> None:
    other, line = make_line(plan, "Mow the lawn"), make_line(plan, "Mend the lift")
    address = page("arising_tie", decision.pk, "?words=lift")
    found = officer_client.get(address).content.decode()
    assert "Mend the lift" in found
    assert "Mow the lawn" not in found
    for _ in range(2):
        answer = officer_client.post(address, {"line": line.pk})
        assert answer["Location"] == f"/desk/decisions/{decision.pk}/"
    line.refresh_from_db()
    other.refresh_from_db()
    assert (line.arose_from, other.arose_from) == (decision, None)
    assert told_of(decision)[0] == "tied “Mend the lift” of “Involvement plan (demo)” to it"
    assert told_of(line)[0] == "changed the decision it arose from of “Mend the lift”"
    arose = text_of(officer_client.get(page("line_arose", line.pk)))
    assert "Take it off the line" in arose
    for _ in range(2):
        officer_client.post(page("line_arose_remove", line.pk), {"decision": decision.pk})
    line.refresh_from_db()
    assert line.arose_from is None
    assert told_of(decision)[:2] == [
        "took “Mend the lift” of “Involvement plan (demo)” off it",
        "tied “Mend the lift” of “Involvement plan (demo)” to it",
    ]


def test_a_lines_own_page_finds_its_decision_by_the_words_of_the_theme(
    officer_client: Client, decision: Decision, plan: Plan
) -> None:
    line = make_line(plan, "Mend the lift")
    refused = make_decision(
        theme_of(1, "Lifts of gold"), result="NOT_AGREED", because="It costs.", reason="COST"
    )
    make_decision(theme_of(1, "Grass"))
    address = page("line_arose", line.pk)
    assert address in officer_client.get(page("line_detail", line.pk)).content.decode()
    found = officer_client.get(f"{address}?words=LIFTS").context["form"].offered
    assert found == [decision]
    assert "No decision that stands has these words." in text_of(
        officer_client.get(f"{address}?words=boats")
    )
    officer_client.post(address, {"decision": refused.pk})
    line.refresh_from_db()
    assert line.arose_from is None
    shown = officer_client.post(address, {"decision": decision.pk}, follow=True)
    assert "It arose from the decision on “Lifts that stay mended”." in text_of(shown)
    assert "What it arose from" in text_of(shown)
    assert f'href="/desk/decisions/{decision.pk}/"' in shown.content.decode()


def test_a_line_that_arose_from_another_decision_is_not_taken_from_it(
    officer_client: Client, decision: Decision, plan: Plan
) -> None:
    line = make_line(plan, "Mend the lift", arose_from=decision)
    later = make_decision(theme_of(1, "Grass"))
    answer = officer_client.post(page("arising_tie", later.pk), {"line": line.pk})
    assert "This line arose from another decision" in text_of(answer)
    with pytest.raises(policies.LineAroseAlready):
        arising.tie_line(line=line, decision=later, by=CLERK, at=timezone.now())
    seen_before = officer_client.post(
        page("line_arose_remove", line.pk), {"decision": later.pk}, follow=True
    )
    assert "Somebody else changed which decision this line arose from" in text_of(seen_before)
    line.refresh_from_db()
    assert line.arose_from == decision


def test_a_line_that_something_changed_under_stays_tied(
    officer_client: Client, decision: Decision, plan: Plan
) -> None:
    line = make_line(plan, "Mend the lift", arose_from=decision)
    make_outcome(decision, line=line)
    answer = officer_client.post(
        page("line_arose_remove", line.pk), {"decision": decision.pk}, follow=True
    )
    assert "What changed is recorded as done under this line" in text_of(answer)
    line.refresh_from_db()
    assert line.arose_from == decision


def test_what_was_not_agreed_or_is_replaced_is_put_on_no_plan(
    officer_client: Client, decision: Decision, plan: Plan
) -> None:
    refused = make_decision(
        theme_of(1, "Grass"), result="NOT_AGREED", because="It costs.", reason="COST"
    )
    assert "there is nothing to put on a plan" in text_of(
        officer_client.post(page("arising_add", refused.pk), sent())
    )
    assert "arising" not in officer_client.get(f"/desk/decisions/{refused.pk}/").content.decode()
    replace_decision(
        decision=decision,
        result="AGREED",
        what="One lift is fitted.",
        body=make_body(),
        decided_on=LONG_AGO,
        by=CLERK,
        at=timezone.now(),
    )
    for name in ("arising_add", "arising_tie"):
        shown = officer_client.get(page(name, decision.pk))
        assert "A later decision has replaced this one." in text_of(shown)
        assert shown.context["form"] is None
    assert not Line.objects.exists()


def test_what_replaces_a_decision_keeps_the_lines_that_carry_it_out(
    officer_client: Client, in_poole: Landlord, decision: Decision, plan: Plan
) -> None:
    line = arising.put_on_plan(
        decision=decision, plan=plan, values={"title": "Fit lifts"}, by=CLERK, at=timezone.now()
    )
    later = replace_decision(
        decision=decision,
        result="PARTLY",
        what="One lift is fitted.",
        because="Two cost too much.",
        reason="COST",
        body=make_body(),
        decided_on=LONG_AGO,
        by=CLERK,
        at=timezone.now(),
    )
    decision.refresh_from_db()
    assert thread_of(later.theme, timezone.localdate()).lines == [line]
    assert not broken("NO_LINE", in_poole, timezone.localdate()).exists()
    for one in (later, decision):
        shown = officer_client.get(f"/desk/decisions/{one.pk}/").content.decode()
        assert page("line_detail", line.pk) in shown
    own = make_line(plan, "Paint the lift")
    arising.tie_line(line=own, decision=later, by=CLERK, at=timezone.now())
    assert thread_of(later.theme, timezone.localdate()).lines == [line, own]
    assert page("line_detail", own.pk) not in (
        officer_client.get(f"/desk/decisions/{decision.pk}/").content.decode()
    )


def test_a_plan_that_is_put_away_takes_no_line_and_what_was_written_is_kept(
    officer_client: Client, decision: Decision, plan: Plan
) -> None:
    line = make_line(plan, "Mend the lift")
    archive(plan)
    query = f"?plan={plan.pk}"
    shown = text_of(officer_client.get(page("arising_add", decision.pk)))
    assert "There is no plan that can be changed." in shown
    for name in ("arising_add", "arising_tie"):
        looked_at = officer_client.get(page(name, decision.pk, query))
        assert "This plan is archived" in text_of(looked_at)
        assert looked_at.context["form"] is None
    answer = officer_client.post(page("arising_add", decision.pk, query), sent())
    assert "This plan is archived" in text_of(answer)
    assert "Fit new lifts" in answer.content.decode()
    answer = officer_client.post(page("arising_tie", decision.pk, query), {"line": line.pk})
    assert "This plan is archived" in text_of(answer)
    answer = officer_client.post(page("line_arose", line.pk), {"decision": decision.pk})
    assert "This plan is archived" in text_of(answer)
    assert not Line.objects.filter(arose_from__isnull=False).exists()


def test_of_several_plans_one_is_chosen_first(
    officer_client: Client, decision: Decision, plan: Plan
) -> None:
    other = make_plan("Repairs plan (demo)")
    before = officer_client.get(page("arising_add", decision.pk))
    assert before.context["form"] is None
    assert "Go on with this plan" in text_of(before)
    address = page("arising_add", decision.pk, f"?plan={other.pk}")
    officer_client.post(address, sent())
    assert Line.objects.get(arose_from=decision).plan == other


def test_another_landlords_decision_plan_and_line_are_not_found(
    officer_client: Client, decision: Decision, plan: Plan, oxford: Landlord
) -> None:
    with landlord_scope(oxford):
        theirs = make_decision(theme_of(1, "Theirs"))
        their_plan = make_plan("Theirs (demo)")
        their_line = make_line(their_plan)
    mine = make_line(plan)
    for name in ("arising_add", "arising_tie"):
        assert officer_client.get(page(name, decision.pk)).status_code == 200
        assert officer_client.get(page(name, theirs.pk)).status_code == 404
        query = f"?plan={their_plan.pk}"
        assert officer_client.post(page(name, decision.pk, query), sent()).status_code == 404
    assert officer_client.get(page("line_arose", their_line.pk)).status_code == 404
    officer_client.post(page("arising_tie", decision.pk), {"line": their_line.pk})
    officer_client.post(page("line_arose", mine.pk), {"decision": theirs.pk})
    mine.refresh_from_db()
    assert mine.arose_from is None
    with landlord_scope(oxford):
        their_line.refresh_from_db()
        assert their_line.arose_from is None


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.MANAGER, Role.BOARD])
def test_who_may_not_change_plans_is_offered_nothing_and_refused(
    in_poole: Landlord, officer_client: Client, decision: Decision, plan: Plan, role: Role
) -> None:
    line = make_line(plan)
    client = client_for(in_poole, make_member(in_poole, "Dev Acharya (demo)", role))
    shows = [
        *(f"/desk/decisions/{decision.pk}/", f"/desk/said/themes/{decision.theme_id}/"),
        *("/desk/thread/", page("line_detail", line.pk)),
    ]
    for address in shows:
        acts = ("/plans/decisions/", f"/plans/lines/{line.pk}/arose/")
        assert any(act in officer_client.get(address).content.decode() for act in acts), address
        assert not any(act in client.get(address).content.decode() for act in acts), address
    for name in ("arising_add", "arising_tie"):
        assert client.get(page(name, decision.pk)).status_code == 403
    assert client.get(page("line_arose", line.pk)).status_code == 403
    assert client.post(page("line_arose_remove", line.pk)).status_code == 403


def test_strangers_find_none_of_the_pages(
    stranger_client: Client, decision: Decision, plan: Plan
) -> None:
    for name, key in (
        *(("arising_add", decision.pk), ("arising_tie", decision.pk)),
        ("line_arose", make_line(plan).pk),
    ):
        assert stranger_client.get(page(name, key)).status_code == 404


@pytest.mark.parametrize("size", [1, 3])
def test_the_pages_ask_as_often_for_three_as_for_one(
    officer_client: Client, in_poole: Landlord, size: int
) -> None:
    plan = make_plan()
    for number in range(size):
        decision = make_decision(theme_of(1, f"Theme {number}"))
        make_line(plan, f"Tied {number}", arose_from=decision)
        line = make_line(plan, f"Line {number}")
    counts = []
    for address in (
        page("arising_add", decision.pk),
        page("arising_tie", decision.pk),
        page("line_arose", line.pk),
    ):
        count, shown = asked(officer_client, address)
        counts.append(count)
        assert "</main>" in shown
    assert counts == [4, 5, 2]
