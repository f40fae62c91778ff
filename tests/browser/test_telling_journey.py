"""A resident tells the landlord something, on a small telephone that runs no script."""

from __future__ import annotations

from collections.abc import Callable

from actionplans.feedback.models import Feedback, SourceKind
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from tests.browser.journeys import Window

SAID = "The light in the bin store has been out since Easter."


def test_a_resident_tells_us_something_without_script(
    window: Callable[..., Window], housing: Landlord
) -> None:
    here = window(script=False)
    here.open("/tell-us/")
    here.page.get_by_role("button", name="Send it").click()
    assert here.page.title().startswith("Error: ")
    assert "Write what you would like to tell us." in here.words

    here.page.get_by_label("What would you like to tell us?").fill(SAID)
    here.page.get_by_label("Your name").fill("Doreen Hackett (demo)")
    here.page.get_by_label("How can we answer you?").fill("doreen@meadow.example")
    here.page.get_by_role("button", name="Send it").click()
    assert here.heading == "Thank you. It is written down."
    assert "Jean Marlow (demo) will answer you by" in here.words
    with landlord_scope(housing):
        kept = Feedback.objects.select_related("person").get()
        assert (kept.words, kept.source_kind) == (SAID, SourceKind.WEB)
        assert kept.wants_reply
        assert kept.person is not None
        assert kept.person.name == "Doreen Hackett (demo)"
