from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from django.test import Client
from django.utils import timezone

from actionplans.feedback.models import Feedback, Theme
from actionplans.outcomes.operations import add_evidence
from actionplans.replies import operations as replies
from actionplans.replies.hearers import hearers
from actionplans.thread import queries
from actionplans.thread.counts import count_broken
from actionplans.thread.stations import thread_of
from involvement.accounts.models import Team
from involvement.auditing.actors import Channel
from involvement.delivery.models import Message
from involvement.landlords.models import Landlord
from tests.actionplans.asked import asked
from tests.factories.decisions import make_decision, make_outcome, theme_of
from tests.factories.feedback import CLERK, make_feedback
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 8, 12)
LONG_AGO = dt.date(2026, 3, 2)


def old_theme(title: str = "Lifts", **person: str) -> Theme:
    """A theme whose promise to decide has passed."""
    theme = theme_of(2, title, **person)
    Theme.objects.filter(pk=theme.pk).update(
        first_said_on=LONG_AGO, decision_due=LONG_AGO + dt.timedelta(days=60)
    )
    theme.refresh_from_db()
    return theme


def kinds(landlord: Landlord) -> list[str]:
    return [row.kind for row in queries.oldest_broken(landlord, TODAY)]


def tell_all(theme: Theme) -> None:
    decision = theme.decisions.get()
    replies.told_by_hand(
        decision=decision,
        keys=[one.key for one in hearers(decision)],
        channel=Channel.FACE,
        on=decision.decided_on,
        by=CLERK,
        at=timezone.now(),
    )


def test_a_thread_is_followed_from_said_to_told(in_poole: Landlord) -> None:
    theme = old_theme()
    assert thread_of(theme, TODAY).states == ["tied", "tied", "cut", "todo", "todo", "todo", "todo"]
    decision = make_decision(theme, decided_on=dt.date(2026, 5, 4))
    theme.refresh_from_db()
    thread = thread_of(theme, TODAY)
    assert thread.states == ["tied", "tied", "tied", "cut", "todo", "cut", "todo"]
    assert thread.breaks == "no line"
    outcome = make_outcome(decision)
    tell_all(theme)
    assert thread_of(theme, TODAY).states[3:6] == ["tied", "ours", "tied"]
    add_evidence(outcome=outcome, words="The log", by=CLERK, at=timezone.now())
    thread = thread_of(theme, TODAY)
    assert thread.broken_at is None
    assert thread.sentence == "2 things were said, we agreed and it is done."


def test_no_is_a_whole_thread_once_people_are_told(in_poole: Landlord) -> None:
    theme = theme_of(1)
    make_decision(theme, result="NOT_AGREED", because="It costs too much.", reason="COST")
    tell_all(theme)
    assert thread_of(theme, TODAY).states == ["tied", "tied", "no", "no", "no", "tied", "no"]


def test_each_break_is_found_once_and_only_after_its_time(in_poole: Landlord) -> None:
    make_feedback("Nobody answers.", said_on=LONG_AGO)
    make_feedback("Said yesterday.")
    old_theme("No decision")
    late = old_theme("Not told")
    make_decision(late, decided_on=dt.date(2026, 7, 20))
    assert sorted(kinds(in_poole)) == ["NOT_TOLD", "NO_DECISION", "NO_THEME"]
    tell_all(late)
    assert sorted(kinds(in_poole)) == ["NO_DECISION", "NO_THEME"]
    counts = count_broken(in_poole, TODAY)
    assert (counts.by_kind["NO_THEME"], counts.total) == (1, 2)


def test_agreed_without_a_line_and_claimed_without_evidence_are_breaks(in_poole: Landlord) -> None:
    theme = old_theme()
    decision = make_decision(theme, decided_on=dt.date(2026, 6, 1))
    tell_all(theme)
    assert kinds(in_poole) == ["NO_LINE"]
    outcome = make_outcome(decision, at=timezone.now() - dt.timedelta(days=20))
    assert kinds(in_poole) == ["NO_EVIDENCE"]
    add_evidence(outcome=outcome, words="The log", by=CLERK, at=timezone.now())
    assert kinds(in_poole) == []


def test_what_residents_deny_is_a_break(in_poole: Landlord) -> None:
    in_poole.contact_name, in_poole.contact_phone = "Jean Marlow (demo)", "01632 960 142"
    in_poole.save()
    theme = old_theme()
    decision = make_decision(theme, decided_on=dt.date(2026, 6, 1))
    make_outcome(decision)
    tell_all(theme)
    first, _second = replies.ask_whether_it_happened(decision=decision, by=CLERK, at=timezone.now())
    replies.answer_question(verdict=first, answer="NO", words="", by=CLERK, at=timezone.now())
    assert kinds(in_poole) == ["CONTRADICTED"]
    assert thread_of(theme, TODAY).states[-1] == "cut"


def test_breaks_are_counted_and_narrowed_by_team(
    in_poole: Landlord, officer_client: Client
) -> None:
    team = Team.objects.create(name="Repairs")
    theme = old_theme("Lifts")
    old_theme("Grass")
    page = "/desk/thread/clear/"
    chosen = f"NO_DECISION:{theme.pk}"
    officer_client.post(page, {"act": "team", "team": team.pk, "chosen": [chosen]})
    shown = officer_client.get(f"/desk/thread/?team={team.pk}").content.decode()
    assert "Lifts" in shown
    assert "Grass" not in shown
    assert "Grass" in officer_client.get("/desk/thread/?team=none").content.decode()


def test_ticked_ones_are_noted_with_a_reason(in_poole: Landlord, officer_client: Client) -> None:
    said = make_feedback("Hello.", said_on=LONG_AGO)
    theme = old_theme()
    form = {"act": "note", "chosen": [f"NO_THEME:{said.pk}", f"NO_DECISION:{theme.pk}"]}
    refused = officer_client.post("/desk/thread/clear/", form, follow=True).content.decode()
    assert "Write why it needs no decision." in refused
    officer_client.post("/desk/thread/clear/", {**form, "reason": "Thanks for the kind words"})
    officer_client.post("/desk/thread/clear/", {**form, "reason": "Thanks for the kind words"})
    assert set(Feedback.objects.values_list("state", flat=True)) == {"NOTED"}
    assert kinds(in_poole) == []


def test_ticked_ones_are_told(in_poole: Landlord, officer_client: Client) -> None:
    in_poole.contact_name, in_poole.contact_phone = "Jean Marlow (demo)", "01632 960 142"
    in_poole.save()
    decision = make_decision(old_theme(), decided_on=dt.date(2026, 7, 20))
    form = {"act": "tell", "chosen": [f"NOT_TOLD:{decision.pk}"]}
    shown = officer_client.post("/desk/thread/clear/", form, follow=True).content.decode()
    assert "2 replies are on the way." in shown
    officer_client.post("/desk/thread/clear/", form)
    assert Message.objects.count() == 2
    theme = officer_client.get(f"/desk/said/themes/{decision.theme_id}/").content.decode()
    assert "I told them myself" in theme
    assert "Tell those who do not know" not in theme


def test_the_page_shows_a_screenful_and_leads_on(
    in_poole: Landlord, officer_client: Client
) -> None:
    for number in range(27):
        make_feedback(f"Nobody answers {number}.", said_on=LONG_AGO + dt.timedelta(days=number))
    first = officer_client.get("/desk/thread/").content.decode()
    assert first.count("Nobody has answered for") == 25
    assert '<a href="/desk/thread/?page=2">The next 2</a>' in first
    second = officer_client.get("/desk/thread/?page=2").content.decode()
    assert second.count("Nobody has answered for") == 2
    assert '<a href="/desk/thread/?page=1">Older ones</a>' in second


def test_two_hundred_are_shown_ticked_and_noted_without_a_script(
    in_poole: Landlord, officer_client: Client
) -> None:
    for number in range(27):
        make_feedback(f"Nobody answers {number}.", said_on=LONG_AGO)
    old_theme()
    first = officer_client.get("/desk/thread/?kind=NO_THEME").content.decode()
    assert '<a href="/desk/thread/?kind=NO_THEME&amp;rows=200">Show 200 at a time</a>' in first
    assert " checked" not in first
    many = officer_client.get("/desk/thread/?kind=NO_THEME&rows=200").content.decode()
    assert (many.count('name="chosen"'), many.count(" checked")) == (27, 0)
    tick_all = "/desk/thread/?kind=NO_THEME&amp;rows=200&amp;all=1"
    assert f'<a href="{tick_all}">Tick all 27 shown</a>' in many
    ticked = officer_client.get(tick_all.replace("&amp;", "&")).content.decode()
    assert ticked.count(" checked") == 27
    assert '<a href="/desk/thread/?kind=NO_THEME&amp;rows=200">Tick none</a>' in ticked
    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w*)">', ticked))
    chosen = re.findall(r'name="chosen" value="([^"]+)"', ticked)
    form = {**sent, "act": "note", "chosen": chosen}
    refused = officer_client.post("/desk/thread/clear/", form, follow=True).content.decode()
    assert "Write why it needs no decision." in refused
    assert refused.count(" checked") == 27
    form["reason"] = "Too old to answer"
    done = officer_client.post("/desk/thread/clear/", form, follow=True)
    assert "27 things said are noted and thanked." in done.content.decode()
    assert done.redirect_chain == [("/desk/thread/?kind=NO_THEME&rows=200", 302)]


def test_the_heading_says_how_many_fit_the_filter(
    in_poole: Landlord, officer_client: Client
) -> None:
    make_feedback("Hello.", said_on=LONG_AGO)
    old_theme("Lifts")
    old_theme("Grass")
    page = officer_client.get("/desk/thread/?kind=NO_DECISION").content.decode()
    assert "<b>2 threads fit this filter</b>, of 3 that are broken." in page
    page = officer_client.get("/desk/thread/?kind=NO_THEME&team=none").content.decode()
    assert "<b>1 thread fits this filter</b>, of 3 that are broken." in page
    page = officer_client.get("/desk/thread/?kind=NOT_TOLD").content.decode()
    assert "No broken thread fits this filter. <b>3 threads are broken</b> in all." in page


def test_an_act_that_fits_none_of_the_ticked_ones_says_so(
    in_poole: Landlord, officer_client: Client
) -> None:
    said = make_feedback("Hello.", said_on=LONG_AGO)
    decision = make_decision(old_theme(), decided_on=dt.date(2026, 7, 20))

    def answer(act: str, chosen: list[str]) -> str:
        form = {"act": act, "chosen": chosen, "reason": "Thanks"}
        page = officer_client.post("/desk/thread/clear/", form, follow=True)
        return html.unescape(page.content.decode())

    told = answer("tell", [f"NO_THEME:{said.pk}"])
    assert "None of the ticked ones waits for people to be told." in told
    assert "None of the ticked ones waits for a decision." in answer(
        "note", [f"NOT_TOLD:{decision.pk}"]
    )
    assert "Choose at least one row." in answer("tell", [])
    assert "Choose at least one row." in answer("note", [])
    said.refresh_from_db()
    assert said.state == "OPEN"
    assert Message.objects.count() == 0


def test_more_than_two_hundred_at_once_are_refused(
    in_poole: Landlord, officer_client: Client
) -> None:
    form = {"act": "note", "reason": "No", "chosen": [f"NO_THEME:{n}" for n in range(1, 202)]}
    shown = officer_client.post("/desk/thread/clear/", form, follow=True).content.decode()
    assert "Choose at most 200 at a time." in shown


@pytest.mark.parametrize("size", [1, 3])
def test_the_pages_ask_as_often_for_three_as_for_one(
    in_poole: Landlord, officer_client: Client, size: int
) -> None:
    for number in range(size):
        make_feedback("Nobody answers.", said_on=LONG_AGO, person=make_person(f"P{number} (demo)"))
        make_decision(old_theme(f"Theme {number}"), decided_on=dt.date(2026, 7, 20))
    count, shown = asked(officer_client, "/desk/thread/")
    assert count == 16
    assert shown.count("2 of 2 have not been told.") == size
    assert shown.count("Nobody has answered for") == size
    assert shown.count("Nobody answers.") >= size


def test_a_theme_shows_its_thread_with_the_act_in_the_cut(
    in_poole: Landlord, officer_client: Client
) -> None:
    theme = old_theme()
    address = f"/desk/said/themes/{theme.pk}/"
    page = officer_client.get(address).content.decode()
    assert f'href="/desk/said/themes/{theme.pk}/decide/"' in page
    decision = make_decision(theme, decided_on=dt.date(2026, 7, 20))
    page = officer_client.get(address).content.decode()
    assert "2 of 2 have not been told." in page
    assert f'href="/desk/decisions/{decision.pk}/tell/"' in page
    make_outcome(decision, at=timezone.now() - dt.timedelta(days=20))
    assert "Add the evidence" in officer_client.get(address).content.decode()
    said = theme.entries.order_by("pk")[0].feedback_id
    assert "we agreed" in officer_client.get(f"/desk/said/{said}/").content.decode()


def test_the_first_page_of_the_desk_says_what_is_broken_and_who_waits(
    in_poole: Landlord, officer_client: Client
) -> None:
    make_decision(old_theme(), decided_on=dt.date(2026, 7, 20))
    page = officer_client.get("/desk/").content.decode()
    assert "One thread is broken" in page
    assert "Replies due" in page
    assert "2 of 2 have not been told." in page


@pytest.mark.parametrize("address", ["/desk/", "/desk/thread/"])
def test_only_who_may_tie_a_thread_off_is_offered_it(
    in_poole: Landlord, officer_client: Client, contributor_client: Client, address: str
) -> None:
    decided, waits = old_theme("Lifts"), old_theme("Bins")
    decision = make_decision(decided, decided_on=dt.date(2026, 7, 20))
    said = make_feedback("Nobody answers.", said_on=LONG_AGO)
    acts = [
        f'href="/desk/decisions/{decision.pk}/tell/"',
        f'href="/desk/said/themes/{waits.pk}/decide/"',
        "Put it into a theme",
    ]
    officers = officer_client.get(address).content.decode()
    contributors = contributor_client.get(address).content.decode()
    assert [act for act in acts if act not in officers] == []
    assert [act for act in acts if act in contributors] == []
    assert f'href="/desk/said/{said.pk}/"' in contributors
    assert "2 of 2 have not been told." in contributors
    assert "/desk/thread/clear/" not in contributors


def test_strangers_find_nothing_and_contributors_may_not_clear(
    stranger_client: Client, contributor_client: Client, in_poole: Landlord
) -> None:
    assert stranger_client.get("/desk/thread/").status_code == 404
    assert contributor_client.get("/desk/thread/").status_code == 200
    assert contributor_client.post("/desk/thread/clear/").status_code == 403
