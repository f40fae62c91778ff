from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest

from actionplans.decisions import operations, policies, queries
from actionplans.decisions.models import Decision
from actionplans.feedback.models import Feedback, Theme
from actionplans.outcomes.models import Outcome
from involvement.auditing.actors import Actor
from involvement.auditing.queries import history_of
from involvement.auditing.refusals import ChangedMeanwhile, Refusal
from involvement.landlords.models import Landlord
from tests.factories.decisions import make_body, make_decision, make_outcome, theme_of
from tests.factories.feedback import make_theme

pytestmark = pytest.mark.django_db


def test_a_decision_answers_everything_in_its_theme(in_poole: Landlord) -> None:
    theme = theme_of(3)
    decision = make_decision(theme)
    theme.refresh_from_db()
    assert theme.state == Theme.State.DECIDED
    assert set(Feedback.objects.values_list("state", flat=True)) == {"ANSWERED"}
    assert queries.decision_on(theme) == decision


def test_people_are_to_be_told_within_the_landlords_working_days(in_poole: Landlord) -> None:
    decision = make_decision(make_theme(), decided_on=dt.date(2026, 8, 12))
    assert decision.told_due_on == dt.date(2026, 8, 26)


def test_the_same_form_sent_twice_makes_one_decision(in_poole: Landlord) -> None:
    theme, token = theme_of(1), uuid.uuid4()
    first = make_decision(theme, form_token=token)
    second = make_decision(theme, form_token=token)
    assert first == second
    assert Decision.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"body": None}, policies.DeciderMissing),
        ({"result": "NOT_AGREED"}, policies.ReasonsMissing),
        ({"result": "PARTLY", "because": "It costs."}, policies.ReasonsMissing),
        ({"decided_on": dt.date(2026, 8, 13)}, policies.DecidedInTheFuture),
    ],
)
def test_a_decision_says_who_why_and_when(
    in_poole: Landlord, fields: dict[str, object], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        make_decision(theme_of(1), **fields)
    assert not Decision.objects.exists()


def test_a_theme_is_decided_once(in_poole: Landlord) -> None:
    theme = theme_of(1)
    make_decision(theme)
    with pytest.raises(policies.ThemeHasDecision):
        make_decision(theme)


def test_a_closed_theme_takes_no_decision(in_poole: Landlord) -> None:
    theme = make_theme()
    Theme.objects.filter(pk=theme.pk).update(state="NOTED")
    with pytest.raises(policies.ThemeCannotBeDecided):
        make_decision(theme)


def test_the_second_of_two_writers_is_told_of_the_first(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    decision = make_decision(theme_of(1))
    seen = decision.version
    operations.change_decision(decision=decision, seen=seen, what="By May.", by=officer, at=now)
    with pytest.raises(ChangedMeanwhile):
        operations.change_decision(decision=decision, seen=seen, what="Soon.", by=officer, at=now)
    decision.refresh_from_db()
    assert decision.what == "By May."
    assert "changed what" in {entry.sentence for entry in history_of(decision)}


def test_a_minority_view_is_added_once_and_never_changed(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    decision = make_decision(theme_of(1))
    operations.add_minority_view(decision=decision, words=" Stairs first. ", by=officer, at=now)
    with pytest.raises(policies.MinorityViewIsKept):
        operations.add_minority_view(decision=decision, words="No.", by=officer, at=now)
    with pytest.raises(policies.MinorityViewIsKept):
        operations.change_decision(decision=decision, minority_view="No.", by=officer, at=now)
    decision.refresh_from_db()
    assert decision.minority_view == " Stairs first. "


def test_a_new_decision_replaces_the_earlier_which_stays_readable(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    earlier, token = make_decision(theme_of(1)), uuid.uuid4()
    fields: dict[str, Any] = {
        "result": "AGREED",
        "what": "Stairs.",
        "body": make_body(),
        "decided_on": now.date(),
    }
    later = operations.replace_decision(
        decision=earlier, form_token=token, by=officer, at=now, **fields
    )
    again = operations.replace_decision(
        decision=earlier, form_token=token, by=officer, at=now, **fields
    )
    earlier.refresh_from_db()
    assert (earlier.replaced_by, again) == (later, later)
    assert list(queries.earlier_than(later)) == [earlier]
    with pytest.raises(policies.DecisionIsReplaced):
        operations.change_decision(decision=earlier, what="Lifts.", by=officer, at=now)


def test_taking_back_a_replacement_gives_the_earlier_its_force_again(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    earlier = make_decision(theme_of(1))
    fields: dict[str, Any] = {
        "result": "AGREED",
        "what": "Stairs.",
        "body": make_body(),
        "decided_on": now.date(),
    }
    later = operations.replace_decision(decision=earlier, by=officer, at=now, **fields)
    operations.withdraw_decision(decision=later, because="Wrong theme", by=officer, at=now)
    earlier.refresh_from_db()
    assert earlier.replaced_by is None
    assert earlier.theme.state == Theme.State.DECIDED


def test_taking_a_decision_back_opens_the_theme_again(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    decision = make_decision(theme_of(1))
    theme = operations.withdraw_decision(
        decision=decision, because="Recorded on the wrong theme", by=officer, at=now
    )
    theme.refresh_from_db()
    assert theme.state == Theme.State.OPEN
    assert Feedback.objects.get().state == Feedback.State.OPEN
    sentences = [entry.sentence for entry in history_of(theme)]
    assert any("Recorded on the wrong theme" in sentence for sentence in sentences)


def test_a_decision_that_something_hangs_on_is_not_taken_back(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    decision = make_decision(theme_of(1))
    make_outcome(decision)
    with pytest.raises(policies.DecisionIsInUse):
        operations.withdraw_decision(decision=decision, because="No", by=officer, at=now)
    assert Outcome.objects.exists()
    with pytest.raises(policies.WithdrawalReasonMissing):
        operations.withdraw_decision(decision=decision, because=" ", by=officer, at=now)
