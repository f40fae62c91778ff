"""An officer signs in, brings a plan in, finds what is late and notes progress: by keyboard only."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from django.core import mail
from django.utils import timezone

from actionplans.plans.models import Line, Plan, ProgressNote, UpdateLink
from actionplans.plans.operations.progress import send_update_link
from involvement.accounts.models import Membership
from involvement.auditing.actors import Actor, ActorKind
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from tests.benchmarks.rows import bring_in, read_csv
from tests.browser.journeys import Window
from tests.factories.plans import agree

PLAN = """Ref,Aim,What we will do,Champion,By when,How we shall know,Progress so far,Monitored by
1.1,Homes people are proud of,Ring everybody who told us about the lifts,JF,March 2024,All 14 rung,,Communications working group
1.2,Homes people are proud of,Print the rota in every foyer,"Communications, JF",On-going,Rota seen on each visit,Two foyers,Neighbourhoods
2.1,Heard at the top,Bring the residents' report to each board meeting,JF,December 2099,Four reports a year,,
"""
PARTED = r"""() => {
  const found = [], range = document.createRange();
  for (const cell of document.querySelectorAll(".plan td, .plan tbody th")) {
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) for (const word of texts.currentNode.data.matchAll(/[^\s-]+/g)) {
      range.setStart(texts.currentNode, word.index);
      range.setEnd(texts.currentNode, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map(box => box.top)).size > 1) found.push(word[0]);
    }
  }
  return found;
}"""
NOTED = "Nine of the fourteen are rung. Two are away until Monday."


def test_an_officer_brings_a_plan_in_and_notes_progress_by_keyboard(
    window: Callable[..., Window], housing: Landlord, jo: Membership, tmp_path: Path
) -> None:
    file = tmp_path / "plan.csv"
    file.write_text(PLAN)
    here = window()
    signs_in_by_code(here, jo)
    brings_in(here, file)
    with landlord_scope(housing):
        agree(Plan.objects.get())
    here.page.reload()
    assert "1 line is late" in here.words
    assert broken_words(here) == []
    finds_the_late_line(here)
    notes_progress(here)
    with landlord_scope(housing):
        line = Line.objects.get(number="1.1", own_row=True)
        note = ProgressNote.objects.get(line=line)
        assert (note.words, note.by_name) == (NOTED, "Jo Field (demo)")
        assert line.status == Line.Status.AT_RISK
        assert line.owners.get().staff == jo.staff


def broken_words(here: Window) -> list[str]:
    """The words of the plan's table that are parted between two lines on a wide screen."""
    narrow = here.page.viewport_size
    assert narrow is not None
    here.page.set_viewport_size({"width": 1280, "height": 900})
    assert "Communications" in here.page.locator(".plan").inner_text()
    broken: list[str] = here.page.evaluate(PARTED)
    here.page.set_viewport_size(narrow)
    return broken


def signs_in_by_code(here: Window, jo: Membership) -> None:
    here.open("/sign-in/")
    here.keyboard.type_into("Your e-mail address", jo.user.email)
    here.keyboard.press("Send me a code")
    here.is_sound()
    code = re.search(r"\d{4}-\d{4}", str(mail.outbox[-1].body))
    assert code is not None
    here.keyboard.type_into("The code", code[0])
    here.keyboard.press("Sign in")
    assert here.page.url == here.address("/desk/")


def brings_in(here: Window, file: Path) -> None:
    here.open("/desk/plans/files/add/")
    here.keyboard.type_into("What the plan is called", "Involvement plan")
    here.keyboard.give_file("The spreadsheet", file)
    here.keyboard.press("Show what would come in")
    assert "3 rows read" in here.words
    assert "“Champion”" in here.words
    here.keyboard.press("Change what the headings mean")
    here.keyboard.choose("Champion", "Owner")
    here.is_sound()
    here.keyboard.press("Read the file again")
    assert "“Champion”" not in here.words
    here.is_sound()
    here.keyboard.press("Bring it in")
    assert here.heading == "Involvement plan"
    assert "the day of 1 line has passed already" in here.words
    assert "is late" not in here.words


def finds_the_late_line(here: Window) -> None:
    here.keyboard.choose("By when", "Late")
    here.keyboard.press("Show lines")
    assert "Ring everybody who told us" in here.words
    assert "Print the rota" not in here.words


def notes_progress(here: Window) -> None:
    here.keyboard.press("Note progress on Ring everybody")
    here.is_sound()
    if here.page.evaluate("document.activeElement.name") != "words":
        here.keyboard.go_to("What has happened")
    here.page.keyboard.type(NOTED)
    here.keyboard.choose("How it stands", "Amber")
    here.keyboard.press("Save progress")
    assert NOTED in here.words


def test_a_colleague_updates_one_line_by_the_link_in_an_email(
    window: Callable[..., Window], housing: Landlord, jo: Membership
) -> None:
    at = timezone.now()
    with landlord_scope(housing):
        plan = bring_in(read_csv(PLAN), housing, "Involvement plan", at)
        line = Line.objects.get(plan=plan, number="1.2", own_row=True)
        send_update_link(
            line=line,
            name="Sam Field (demo)",
            email="sam@works.example",
            url_of=lambda token: f"/update/{token}/",
            by=Actor(ActorKind.STAFF, str(jo.user), key=jo.pk),
            at=at,
        )
    found = re.search(r"/update/\S+/", str(mail.outbox[-1].body))
    assert found is not None
    here = window(script=False)
    here.open(found[0])
    assert "Print the rota" in here.words
    assert "Ring everybody" not in here.words
    here.page.get_by_label("What has happened?").fill("The rota hangs in three foyers.")
    here.page.get_by_label("Done").check()
    here.page.get_by_role("button", name="Send it").click()
    assert here.heading == "Thank you. It is noted."
    with landlord_scope(housing):
        line.refresh_from_db()
        assert line.status == Line.Status.DONE
        note = ProgressNote.objects.filter(line=line).order_by("-noted_at", "-pk")[0]
        assert (note.words, note.by_name) == ("The rota hangs in three foyers.", "Sam Field (demo)")
        assert UpdateLink.objects.get(line=line).last_used_at is not None
