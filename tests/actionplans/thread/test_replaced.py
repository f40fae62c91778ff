"""What hangs on a thread where a later decision has replaced the one that was carried out."""

from __future__ import annotations

import datetime as dt
import html

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from actionplans.decisions.models import Decision
from actionplans.decisions.operations import replace_decision
from actionplans.feedback.models import Theme
from actionplans.outcomes.models import Outcome
from actionplans.outcomes.operations import add_evidence
from actionplans.replies import operations as replies
from actionplans.replies.hearers import hearers
from actionplans.thread import queries
from actionplans.thread.became import what_became
from actionplans.thread.stations import thread_of
from involvement.auditing.actors import Channel
from involvement.landlords.models import Landlord
from residents.people.models import Person
from tests.factories.decisions import make_body, make_decision, make_outcome, theme_of
from tests.factories.feedback import CLERK

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 8, 12)
FIRST = dt.date(2026, 7, 20)


@pytest.fixture
def done(in_poole: Landlord) -> Outcome:
    """What the first decision on a theme changed."""
    decision = make_decision(theme_of(1), decided_on=FIRST, what="Lifts are mended in a day.")
    return make_outcome(decision, happened_on=dt.date(2026, 7, 30))


@pytest.fixture
def theme(done: Outcome) -> Theme:
    """The theme of it, decided anew today."""
    replace_decision(
        decision=done.decision,
        result="AGREED",
        what="New lifts are fitted.",
        body=make_body(),
        decided_on=TODAY,
        by=CLERK,
        at=timezone.now(),
    )
    theme: Theme = done.decision.theme
    return theme


def shown(client: Client, address: str) -> str:
    words = html.unescape(strip_tags(client.get(address).content.decode()))
    return " ".join(words.split())


def tell(decision: Decision) -> None:
    replies.told_by_hand(
        decision=decision,
        keys=[one.key for one in hearers(decision)],
        channel=Channel.FACE,
        on=decision.decided_on,
        by=CLERK,
        at=timezone.now(),
    )


def test_the_change_stays_on_the_thread_under_the_decision_that_made_it(
    done: Outcome, theme: Theme, officer_client: Client
) -> None:
    add_evidence(outcome=done, words="The engineer's log", by=CLERK, at=timezone.now())
    thread = thread_of(theme, TODAY)
    assert (thread.outcomes, thread.outcomes_before) == ([], [done])
    assert thread.states[3:5] == ["ours", "todo"]
    assert thread.sentence == ("1 thing was said, we agreed and what was decided before is done.")
    assert thread.decision is not None
    for address in (f"/desk/said/themes/{theme.pk}/", f"/desk/decisions/{thread.decision.pk}/"):
        page = shown(officer_client, address)
        assert "Both lifts run." in page
        assert "The engineer's log" in page
        assert "earlier decision of Monday 20 July 2026" in page
    earlier = shown(officer_client, f"/desk/decisions/{done.decision_id}/")
    assert "Both lifts run." in earlier
    assert "earlier decision of" not in earlier


def test_a_claim_with_nothing_to_show_stays_a_break(
    in_poole: Landlord, done: Outcome, theme: Theme
) -> None:
    later = TODAY + dt.timedelta(days=20)
    found = queries.oldest_broken(in_poole, later, kinds=["NO_EVIDENCE"])
    assert [row.ref for row in found] == [done.pk]
    thread = thread_of(theme, later)
    assert thread.stations[4].breaks == "no evidence"
    assert thread.unshown == done
    add_evidence(outcome=done, words="The log", by=CLERK, at=timezone.now())
    assert queries.oldest_broken(in_poole, later, kinds=["NO_EVIDENCE"]) == []


def test_what_the_later_decision_changes_ties_the_thread(done: Outcome, theme: Theme) -> None:
    add_evidence(outcome=done, words="The log", by=CLERK, at=timezone.now())
    decision = Decision.objects.get(theme=theme, replaced_by__isnull=True)
    fitted = make_outcome(decision, what_changed="New lifts run.")
    add_evidence(outcome=fitted, words="A photograph", by=CLERK, at=timezone.now())
    thread = thread_of(theme, TODAY)
    assert (thread.outcomes, thread.outcomes_before) == ([fitted], [done])
    assert thread.states[4] == "tied"


def test_a_resident_reads_what_they_were_told_of_and_what_is_new(
    done: Outcome, theme: Theme
) -> None:
    person = Person.objects.get(feedback__theme_entries__theme=theme)

    def read() -> list[tuple[str, str]]:
        return [(bold, words) for _knot, bold, words, _on in what_became(person, 5)[0].steps]

    new = ("Decided:", "we are writing to you about it")
    assert read() == [new]
    tell(Decision.objects.get(theme=theme, replaced_by__isnull=True))
    assert read() == [("Decided:", "yes"), ("Still to do:", "New lifts are fitted.")]


def test_a_resident_told_of_the_first_still_reads_what_it_changed(
    in_poole: Landlord, done: Outcome
) -> None:
    tell(done.decision)
    person = Person.objects.get(feedback__theme_entries__theme=done.decision.theme)
    replace_decision(
        decision=done.decision,
        result="AGREED",
        what="New lifts are fitted.",
        body=make_body(),
        decided_on=TODAY,
        by=CLERK,
        at=timezone.now(),
    )
    steps = [(bold, words) for _knot, bold, words, _on in what_became(person, 5)[0].steps]
    assert steps == [("Done:", "Both lifts run."), ("Decided:", "we are writing to you about it")]
