"""What two residents said becomes a theme, a decision, a change with its proof, and replies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.core import mail
from django.urls import reverse
from PIL import Image

from actionplans.decisions.models import Decision
from actionplans.feedback.models import Feedback, Theme
from actionplans.outcomes.models import Outcome, OutcomeEvidence
from actionplans.replies.models import Reply
from involvement.accounts.models import Membership
from involvement.delivery.models import Message
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from tests.browser.journeys import Window

SAID = (
    ("The lift is out again.", "Doreen Hackett (demo)", "doreen@meadow.example"),
    ("Nobody tells us when it will be mended.", "Vic Odell (demo)", "3 Drake Court, Meadow"),
)
TITLE = "Lifts that stay mended"
WHAT = "A notice says the same day when the lift will run again."
BECAUSE = "A new lift costs more than the scheme has until 2030."
CHANGED = "Notices hang in every foyer within the day."


def test_what_was_said_is_decided_done_and_told(
    window: Callable[..., Window], housing: Landlord, jo: Membership, tmp_path: Path
) -> None:
    log = tmp_path / "notice.png"
    Image.new("RGB", (40, 30), "white").save(log)
    here = window(jo)
    records_what_was_said(here)
    groups_it(here)
    records_the_decision(here)
    records_what_changed(here, log)
    tells_everybody(here)
    posts_the_letter(here)
    with landlord_scope(housing):
        theme = Theme.objects.get()
    sees_the_thread_tied(here, theme)
    with landlord_scope(housing):
        assert theme.state == Theme.State.DECIDED
        assert Feedback.objects.filter(state=Feedback.State.ANSWERED).count() == 2
        decision = Decision.objects.get()
        assert (decision.result, decision.because) == (Decision.Result.PARTLY, BECAUSE)
        assert OutcomeEvidence.objects.get().outcome == Outcome.objects.get(decision=decision)
        assert Reply.objects.filter(decision=decision).count() == 2
        letter = Message.objects.get(channel=Message.Channel.POST)
        assert letter.to_name == "Vic Odell (demo)"
        assert WHAT in letter.body
    assert [message.to for message in mail.outbox] == [["doreen@meadow.example"]]
    assert WHAT in mail.outbox[0].body
    assert "01632 960 210" in mail.outbox[0].body


def records_what_was_said(here: Window) -> None:
    here.open("/desk/said/record/")
    for words, who, contact in SAID:
        here.keyboard.type_into("What was said, in their own words", words)
        here.keyboard.type_into("Who said it", who)
        here.keyboard.type_into("How to reach them", contact)
        with here.page.expect_navigation():
            here.page.keyboard.press("Enter")
        assert f"Recorded: “{words}” – {who}." in here.words
    here.is_sound()


def groups_it(here: Window) -> None:
    here.open("/desk/said/")
    for _ in SAID:
        here.keyboard.tick("Tick number")
    here.keyboard.press("Put ticked ones into a theme")
    here.keyboard.type_into("Title, in plain words", TITLE)
    here.keyboard.press("Start the theme")
    assert here.heading == TITLE
    assert "Said 2 times, by 2 people we know" in here.words


def records_the_decision(here: Window) -> None:
    here.keyboard.press("Record a decision")
    here.keyboard.go_to("Yes: agreed")
    here.page.keyboard.press("ArrowDown")
    here.keyboard.type_into("What will happen", WHAT)
    here.keyboard.type_into("Because", BECAUSE)
    here.keyboard.choose("Kind of reason", "It costs")
    here.keyboard.choose("or by the officer", "Jo Field")
    here.is_sound()
    here.keyboard.press("Record the decision")
    assert BECAUSE in here.words


def records_what_changed(here: Window, log: Path) -> None:
    here.keyboard.press("Record what changed")
    here.keyboard.type_into("What changed", CHANGED)
    here.keyboard.choose("What kind of change", "A place")
    here.keyboard.press("Record what changed")
    assert "nothing to show for it yet" in here.words
    here.keyboard.press("Add the evidence")
    here.keyboard.type_into("What shows it", "A notice in the foyer of Drake Court")
    here.keyboard.give_file("A file", log)
    here.keyboard.press("Add the evidence")
    assert "1 piece of evidence" in here.words
    here.is_sound()


def tells_everybody(here: Window) -> None:
    here.keyboard.press(WHAT[:20])
    here.keyboard.press("Tell everybody")
    assert "2 people will be told" in here.words
    here.keyboard.press("Tell everybody in this theme")
    assert "2 replies are on the way" in here.words


def posts_the_letter(here: Window) -> None:
    here.open("/desk/outbox/letters/")
    here.keyboard.press("Make the letters into one PDF")
    here.is_sound()
    assert "Not posted yet." in here.words
    here.keyboard.press("They are in the post")
    assert "Not posted yet." not in here.words


def sees_the_thread_tied(here: Window, theme: Theme) -> None:
    """Only what residents are asked six weeks later is still open."""
    here.open(reverse("feedback:theme_detail", args=[theme.pk]))
    knots, tied = here.page.locator(".station"), here.page.locator(".station--tied")
    titles = tied.locator("h2").all_inner_texts()
    assert (
        " ".join(title.split()[0] for title in titles) == "Said Theme Decision Done Outcome: Told"
    )
    assert knots.count() == 7
    assert "All 2 people have been told." in tied.last.inner_text()
    assert "Did it happen?" in knots.last.inner_text()
    here.is_sound()
