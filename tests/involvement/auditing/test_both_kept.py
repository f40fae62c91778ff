"""Two people with the same form open, for every form over a record that is there."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from involvement.auditing.refusals import ChangedMeanwhile
from involvement.landlords.models import Landlord
from tests.conftest import client_for
from tests.factories.accounts import make_member
from tests.involvement.auditing.edit_forms import FORMS, Form
from tests.involvement.auditing.filled import Sent, changed, form_of, opened, said

SEVERAL = {name: form for name, form in FORMS.items() if form.apart}
CLASHING = {name: form for name, form in FORMS.items() if form.first != form.second and form.second}


@pytest.fixture
def ivy(in_poole: Landlord) -> Client:
    """Ivy Cole (demo), administrator at Poole."""
    member = make_member(in_poole, "Ivy Cole (demo)", "ADMINISTRATOR", initials="IC")
    return client_for(in_poole, member)


def see(client: Client, page: str, form: Form) -> tuple[str, Sent]:
    """The form as its page shows it now."""
    return opened(client, page, form.seen, next(iter(form.first)))


def part(sent: Sent, names: object) -> Sent:
    """Some fields of what was sent, as they compare."""
    wanted = set(names)  # type: ignore[call-overload]  # the keys of a form's values
    return {name: sorted(value) for name, value in sent.items() if name in wanted}


@pytest.mark.parametrize("name", SEVERAL)
def test_what_only_the_first_changed_is_kept_and_the_second_is_told_so(
    ivy: Client, name: str
) -> None:
    form = SEVERAL[name]
    page = form.make()
    to, begun = see(ivy, page, form)
    assert ivy.post(to, changed(begun, form.first)).status_code == 302
    answer = ivy.post(to, changed(begun, form.apart), follow=True)
    assert answer.redirect_chain
    words = unescape(answer.content.decode())
    assert re.search(
        r"What (Ivy Cole \(demo\)|somebody else) changed meanwhile is kept too: ", words
    )
    _, stands = see(ivy, page, form)
    both = form.first | form.apart
    assert part(stands, both) == {
        each: sorted(value) for each, value in said(both).items() if value
    }


@pytest.mark.parametrize("name", CLASHING)
def test_what_both_changed_is_shown_and_the_second_decides(ivy: Client, name: str) -> None:
    form = CLASHING[name]
    page = form.make()
    to, begun = see(ivy, page, form)
    assert ivy.post(to, changed(begun, form.first)).status_code == 302
    mine = form.second | form.apart
    clash = ivy.post(to, changed(begun, mine))
    shown = clash.content.decode()
    assert clash.status_code == 200
    assert str(ChangedMeanwhile()) in unescape(shown)
    assert "What somebody else saved meanwhile, beside what you wrote" in shown
    again_to, again = form_of(shown, form.seen, next(iter(form.first)))
    # Nothing that was typed is lost
    assert part(again, mine) == part(changed(begun, mine), mine)
    kept = ivy.post(again_to or to, again)
    assert kept.status_code == 302
    if not form.looked_at:
        _, stands = see(ivy, page, form)
        assert part(stands, mine) == part(changed(begun, mine), mine)


@pytest.mark.parametrize("name", FORMS)
def test_what_was_seen_is_marked_so_that_nobody_can_read_it(ivy: Client, name: str) -> None:
    form = FORMS[name]
    page = form.make()
    _, begun = see(ivy, page, form)
    marks = [mark.partition(":")[2] for mark in begun[form.seen][0].split()]
    assert marks
    assert all(re.fullmatch(r"[0-9a-f]{20}", mark) for mark in marks)
