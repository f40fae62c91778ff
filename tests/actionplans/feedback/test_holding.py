"""What the log keeps about a person is shown to them, forgotten, and moves with a merge."""

from __future__ import annotations

import datetime as dt

from actionplans.feedback.holding import HOLDERS
from actionplans.feedback.models import Feedback
from involvement.auditing.actors import Actor
from involvement.landlords.models import Landlord
from tests.factories.feedback import make_feedback
from tests.factories.people import make_person

(holder,) = HOLDERS


def test_what_somebody_said_is_in_their_section_and_nobody_elses(in_poole: Landlord) -> None:
    doreen, other = make_person(), make_person("Piotr Zielak (demo)")
    make_feedback("The lift is out.", person=doreen)
    make_feedback("The bins are full.", person=other)

    (section,) = holder.collect(doreen)

    words = {(item.label, item.value) for item in section.rows}
    assert ("What you said", "The lift is out.") in words
    assert "The bins are full." not in {value for _, value in words}
    assert holder.collect(make_person("Nobody Heard (demo)")) == []


def test_erasing_keeps_the_row_and_the_words_and_takes_what_the_file_said_of_them(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    doreen = make_person()
    said = make_feedback(person=doreen, wants_reply=True)
    Feedback.objects.filter(pk=said.pk).update(extra={"Home number": "01632 960123"})

    assert [count.kept for count in holder.preview(doreen)] == [1]
    (count,) = holder.erase(doreen, by=officer, at=now)

    said.refresh_from_db()
    assert (count.what, count.kept, count.deleted) == ("pieces of feedback", 1, 0)
    assert (said.words, said.person, said.extra) == ("The lift is out again.", doreen, {})
    assert not said.wants_reply


def test_a_merge_moves_the_rows_and_undoing_it_moves_back_only_those(
    in_poole: Landlord, officer: Actor, now: dt.datetime
) -> None:
    kept, gone, third = make_person(), make_person("D Hackett (demo)"), make_person("Zoe (demo)")
    own = make_feedback(person=kept)
    moved = make_feedback(person=gone)
    since = make_feedback(person=gone)

    record = holder.merge(kept, gone, by=officer, at=now)
    assert {row.person for row in Feedback.objects.order_by("pk")} == {kept}
    Feedback.objects.filter(pk=since.pk).update(person=third)
    holder.unmerge(record)

    for row in (own, moved, since):
        row.refresh_from_db()
    assert (own.person, moved.person, since.person) == (kept, gone, third)
