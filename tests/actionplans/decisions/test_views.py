from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from actionplans.decisions.models import Decision
from actionplans.feedback.operations import add_to_theme
from involvement.landlords.models import Landlord
from tests.actionplans.asked import asked, seen_of, text_of
from tests.factories.decisions import make_body, make_decision, theme_of
from tests.factories.feedback import CLERK, make_feedback

pytestmark = pytest.mark.django_db


def form_of(**fields: Any) -> dict[str, Any]:
    """What an officer types to record that the panel agreed."""
    return {
        "result": "AGREED",
        "what": "New lifts by May.",
        "body": make_body().pk,
        "decided_on": "2026-08-11",
        "form_token": str(uuid.uuid4()),
        **fields,
    }


def test_an_officer_records_a_decision_on_a_theme(
    officer_client: Client, in_poole: Landlord
) -> None:
    theme = theme_of(2)
    page = f"/desk/said/themes/{theme.pk}/decide/"
    assert "says Resident 1 (demo)" in officer_client.get(page).content.decode()
    form = form_of(minority_view="Stairs first.", votes_for=9, votes_against=2)
    answer = officer_client.post(page, form, follow=True)
    shown = answer.content.decode()
    assert "Stairs first." in shown
    assert "Carried 9 to 2" in shown
    officer_client.post(page, form)
    assert Decision.objects.count() == 1


def test_yes_partly_and_no_are_equal_options(officer_client: Client, in_poole: Landlord) -> None:
    page = officer_client.get(f"/desk/said/themes/{theme_of(1).pk}/decide/").content.decode()
    assert page.count('type="radio" name="result"') == 3
    assert "checked" not in page.split('name="result"')[1]


def test_no_without_a_reason_is_sent_back_with_what_to_do(
    officer_client: Client, in_poole: Landlord
) -> None:
    form = form_of(result="NOT_AGREED")
    answer = officer_client.post(f"/desk/said/themes/{theme_of(1).pk}/decide/", form)
    assert "Choose the kind of reason." in answer.content.decode()
    assert not Decision.objects.exists()


def test_no_kind_of_reason_is_chosen_before_the_officer_chooses_one(
    officer_client: Client, in_poole: Landlord
) -> None:
    address = f"/desk/said/themes/{theme_of(1).pk}/decide/"
    chooser = officer_client.get(address).content.decode().split('<select name="reason"')[1]
    options = chooser.split("</select>")[0]
    assert "selected" not in options.replace('<option value="" selected>', "")
    assert options.index("Choose the kind of reason") < options.index("It costs too much")
    officer_client.post(address, form_of(result="PARTLY", because="It costs.", reason=""))
    assert not Decision.objects.exists()
    officer_client.post(address, form_of(result="PARTLY", because="It costs.", reason="COST"))
    assert Decision.objects.get().reason == "COST"


def test_a_no_that_became_a_yes_keeps_no_kind_of_reason(
    officer_client: Client, in_poole: Landlord
) -> None:
    refused = make_decision(theme_of(1), result="NOT_AGREED", because="It costs.", reason="COST")
    form = form_of(reason="COST", because="Money was found.")
    officer_client.post(f"/desk/decisions/{refused.pk}/change/", form)
    refused.refresh_from_db()
    assert (refused.result, refused.reason) == ("AGREED", "")
    assert refused.because == "Money was found."


def test_whoever_saves_second_sees_who_saved_what_and_when(
    officer_client: Client, in_poole: Landlord
) -> None:
    decision = make_decision(theme_of(1))
    page = f"/desk/decisions/{decision.pk}/change/"
    seen = seen_of(officer_client.get(page))
    officer_client.post(page, form_of(what="By May.", seen=seen))
    answer = officer_client.post(page, form_of(what="By June.", seen=seen))
    shown = answer.content.decode()
    assert "Somebody else changed this while you were writing." in shown
    assert "Jean Marlow (demo) saved this on Wednesday 12 August 2026 at " in shown
    assert '<td data-label="They saved">By May.</td><td data-label="You wrote">By June.' in shown
    officer_client.post(page, form_of(what="By June.", seen=seen_of(answer)))
    decision.refresh_from_db()
    assert decision.what == "By June."


def test_two_who_change_different_fields_both_keep_theirs(
    officer_client: Client, in_poole: Landlord
) -> None:
    decision = make_decision(theme_of(1))
    page = f"/desk/decisions/{decision.pk}/change/"
    opened = officer_client.get(page)
    begun = {bound.name: bound.value() or "" for bound in opened.context["form"]}
    begun |= {"decided_on": str(decision.decided_on), "seen": seen_of(opened)}
    officer_client.post(page, {**begun, "because": "Money was found."})
    mine = {**begun, "what": "By June.", "votes_for": 9}
    shown = text_of(officer_client.post(page, mine, follow=True))
    told = "What Jean Marlow (demo) changed meanwhile is kept too: Because."
    assert f"Your changes to the decision are kept. {told}" in shown
    decision.refresh_from_db()
    assert (decision.what, decision.because, decision.votes_for) == (
        "By June.",
        "Money was found.",
        9,
    )


def test_the_form_shows_what_will_be_printed_under_you_said(
    officer_client: Client, in_poole: Landlord
) -> None:
    silent, quoted = theme_of(1, "Lifts: working title"), theme_of(1, "Seats")
    add_to_theme(
        theme=quoted,
        feedback=[make_feedback("A seat, please.", quote_permission=True)],
        by=CLERK,
        at=timezone.now(),
    )
    page = text_of(officer_client.get(f"/desk/said/themes/{silent.pk}/decide/"))
    assert "Nobody’s own words may be printed, so this stands under “You said”." in page
    assert "says Resident 1 (demo)" not in page.split("What was said")[0]
    page = text_of(officer_client.get(f"/desk/said/themes/{quoted.pk}/decide/"))
    assert "Printed under “You said” 1 A seat, please. Whoever said it may be quoted." in page
    assert "This stands in their place where they are left out." in page


def test_what_they_said_in_short_is_kept_with_the_theme(
    officer_client: Client, in_poole: Landlord
) -> None:
    theme = theme_of(1)
    address = f"/desk/said/themes/{theme.pk}/decide/"
    officer_client.post(address, form_of(result="", in_short="The lift stands still."))
    theme.refresh_from_db()
    assert theme.summary == ""
    officer_client.post(address, form_of(in_short="The lift stands still."))
    theme.refresh_from_db()
    assert (theme.summary, theme.state) == ("The lift stands still.", "DECIDED")
    page = f"/desk/decisions/{Decision.objects.get().pk}/replace/"
    assert "The lift stands still.</textarea>" in officer_client.get(page).content.decode()
    officer_client.post(page, form_of(what="Stairs.", in_short="The lift stands still again."))
    theme.refresh_from_db()
    assert theme.summary == "The lift stands still again."


def test_a_decision_is_replaced_and_taken_back(officer_client: Client, in_poole: Landlord) -> None:
    decision = make_decision(theme_of(1))
    officer_client.post(f"/desk/decisions/{decision.pk}/replace/", form_of(what="Stairs."))
    later = Decision.objects.get(replaced_by__isnull=True)
    assert (
        "later decision" in officer_client.get(f"/desk/decisions/{decision.pk}/").content.decode()
    )
    officer_client.post(f"/desk/decisions/{later.pk}/take-back/", {"because": "By mistake"})
    assert Decision.objects.get() == decision


def test_the_minoritys_words_are_added_once(officer_client: Client, in_poole: Landlord) -> None:
    decision = make_decision(theme_of(1))
    page = f"/desk/decisions/{decision.pk}/minority/"
    officer_client.post(page, {"words": "Stairs first."})
    again = officer_client.post(page, {"words": "Never mind."})
    assert "It cannot be changed." in again.content.decode()
    assert officer_client.get(page).status_code == 404
    decision.refresh_from_db()
    assert decision.minority_view == "Stairs first."


def test_a_group_shows_what_it_decided(officer_client: Client, in_poole: Landlord) -> None:
    decision = make_decision(theme_of(1))
    shown = officer_client.get(f"/desk/groups/{decision.body_id}/").content.decode()
    assert "What it decided" in shown
    assert "New lifts are fitted in both blocks." in shown


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_asks_as_often_for_three_as_for_one(
    officer_client: Client, in_poole: Landlord, size: int
) -> None:
    for number in range(size):
        make_decision(theme_of(1, f"Theme {number}"))
    count, shown = asked(officer_client, "/desk/decisions/")
    assert count == 3
    assert shown.count("New lifts are fitted") == size


@pytest.mark.parametrize("size", [1, 3])
def test_the_page_asks_as_often_for_three_people_as_for_one(
    officer_client: Client, in_poole: Landlord, size: int
) -> None:
    decision = make_decision(theme_of(size))
    count, shown = asked(officer_client, f"/desk/decisions/{decision.pk}/")
    assert count == 9
    assert "Nothing is recorded as changed yet." in shown


def test_the_list_is_narrowed_by_result(officer_client: Client, in_poole: Landlord) -> None:
    make_decision(theme_of(1, "Lifts"))
    make_decision(theme_of(1, "Grass"), result="NOT_AGREED", because="It costs.", reason="COST")
    assert "Lifts" in officer_client.get("/desk/decisions/").content.decode()
    narrowed = officer_client.get("/desk/decisions/?result=NOT_AGREED").content.decode()
    assert "Grass" in narrowed
    assert "Lifts" not in narrowed


@pytest.mark.parametrize("tail", ["", "change/", "replace/", "take-back/", "minority/"])
def test_strangers_find_nothing_and_contributors_may_not_decide(
    stranger_client: Client, contributor_client: Client, in_poole: Landlord, tail: str
) -> None:
    page = f"/desk/decisions/{make_decision(theme_of(1)).pk}/{tail}"
    assert stranger_client.get(page).status_code == 404
    assert contributor_client.get(page).status_code == (403 if tail else 200)


def test_our_own_sentences_say_what_is_missing_and_not_the_browsers(
    officer_client: Client, in_poole: Landlord
) -> None:
    page = f"/desk/said/themes/{theme_of(1).pk}/decide/"
    assert (
        '<form method="post" class="form" novalidate>' in officer_client.get(page).content.decode()
    )
    shown = text_of(officer_client.post(page, {"what": ""}))
    assert shown.startswith("Error: Record a decision")
    assert "Choose yes, partly or no." in shown
    assert "Choose either the group or the officer who decided." in shown
