from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest

from actionplans.feedback import operations, policies, queries
from actionplans.feedback.models import Feedback, Theme
from actionplans.feedback.operations import Said
from involvement.auditing.actors import Actor, ActorKind, Channel
from involvement.auditing.queries import history_of
from involvement.landlords.models import Landlord, Place, Subject, Unit
from tests.factories.feedback import make_feedback, make_theme
from tests.factories.people import make_person

SAID_ON = dt.date(2026, 6, 11)


def said(words: str = "A text would have done.", **fields: Any) -> Said:
    values: dict[str, Any] = {"said_on": SAID_ON, "source_kind": "PHONE", **fields}
    return Said(words=words, **values)


class TestRecording:
    def test_the_speaker_acts_and_the_officer_is_the_clerk(
        self, in_poole: Landlord, officer: Actor, now: dt.datetime
    ) -> None:
        doreen = make_person()
        row = operations.record_feedback(said=said(person=doreen), by=officer, at=now)
        assert (row.by_kind, row.by_name, row.by_key) == ("RESIDENT", doreen.name, doreen.pk)
        assert (row.by_channel, row.by_clerk) == (Channel.PHONE, "Jean Marlow (demo)")
        assert row.wants_reply
        entry = history_of(row).get()
        assert (entry.by_name, entry.sentence) == (
            "Jean Marlow (demo)",
            "recorded what was said on 11 June 2026",
        )

    def test_a_resident_online_differs_in_channel_and_clerk_only(
        self, in_poole: Landlord, officer: Actor, now: dt.datetime
    ) -> None:
        doreen = make_person()
        herself = Actor(ActorKind.RESIDENT, doreen.name, key=doreen.pk)
        online = operations.record_feedback(
            said=said(person=doreen, source_kind="WEB"), by=herself, at=now
        )
        keyed_in = operations.record_feedback(said=said(person=doreen), by=officer, at=now)
        differing = {
            field.name
            for field in Feedback._meta.concrete_fields
            if getattr(online, field.name) != getattr(keyed_in, field.name)
        }
        assert differing == {"id", "source_kind", "by_channel", "by_clerk"}

    def test_nobody_known_is_owed_no_reply(
        self, in_poole: Landlord, officer: Actor, now: dt.datetime
    ) -> None:
        row = operations.record_feedback(said=said(), by=officer, at=now)
        assert not row.wants_reply
        with pytest.raises(policies.NobodyToReply, match="we need to know whom"):
            operations.record_feedback(said=said(wants_reply=True), by=officer, at=now)

    def test_place_and_unit_follow_the_person_where_nothing_else_is_said(
        self, in_poole: Landlord, officer: Actor, now: dt.datetime
    ) -> None:
        unit = Unit.objects.create(name="Granta")
        place = Place.objects.create(name="Hamworthy")
        doreen = make_person(place=place, unit=unit)
        row = operations.record_feedback(said=said(person=doreen), by=officer, at=now)
        assert (row.place, row.unit) == (place, unit)

    def test_the_unit_follows_the_place(
        self, in_poole: Landlord, officer: Actor, now: dt.datetime
    ) -> None:
        unit = Unit.objects.create(name="Granta")
        place = Place.objects.create(name="Hamworthy", unit=unit)
        row = operations.record_feedback(said=said(place=place), by=officer, at=now)
        assert row.unit == unit

    def test_a_day_to_come_is_refused_and_nothing_is_written(
        self, in_poole: Landlord, officer: Actor, now: dt.datetime
    ) -> None:
        tomorrow = now.date() + dt.timedelta(days=2)
        with pytest.raises(policies.SaidInTheFuture):
            operations.record_many(said=[said(), said(said_on=tomorrow)], by=officer, at=now)
        assert Feedback.objects.count() == 0

    @pytest.mark.parametrize(
        "mark",
        [{"form_token": uuid.UUID(int=1)}, {"message_id": "<1@x>"}, {"fingerprint": "f" * 64}],
    )
    def test_the_same_arrival_twice_gives_the_same_row(
        self, in_poole: Landlord, officer: Actor, now: dt.datetime, mark: dict[str, Any]
    ) -> None:
        first = operations.record_feedback(said=said(**mark), by=officer, at=now)
        again = operations.record_feedback(said=said(**mark), by=officer, at=now)
        assert again == first
        assert Feedback.objects.count() == 1

    def test_many_are_written_in_order_and_imported_rows_once(
        self, in_poole: Landlord, officer: Actor, now: dt.datetime
    ) -> None:
        rows = [said(str(n), fingerprint=str(n) * 64) for n in range(5)]
        made = operations.record_many(said=rows, by=officer, at=now)
        again = operations.record_many(said=[*rows, said("new")], by=officer, at=now)
        assert [row.words for row in made] == ["0", "1", "2", "3", "4"]
        assert [row.words for row in again] == ["new"]
        assert history_of(again[0]).count() == 1

    def test_ten_thousand_characters_and_emoji_are_kept_as_said(
        self, in_poole: Landlord, officer: Actor, now: dt.datetime
    ) -> None:
        words = ("Nobody came 😡. " * 700)[:10_000].strip()
        row = operations.record_feedback(said=said(words), by=officer, at=now)
        row.refresh_from_db()
        assert row.words == words


class TestChanging:
    def test_a_correction_keeps_the_first_words_for_ever(
        self, in_poole: Landlord, officer: Actor, now: dt.datetime
    ) -> None:
        row = make_feedback("The lfit is out.")
        for words in ("The lift is out.", "The lift is out again."):
            row = operations.correct_words(feedback=row, words=words, by=officer, at=now)
        assert (row.words, row.original_words) == ("The lift is out again.", "The lfit is out.")
        change = history_of(row).first()
        assert change is not None
        assert change.changes == [
            {
                "field": "words",
                "label": "words",
                "old": "The lift is out.",
                "new": "The lift is out again.",
            }
        ]

    def test_what_it_is_about_is_changed_with_old_and_new(
        self, in_poole: Landlord, officer: Actor, now: dt.datetime
    ) -> None:
        row, repairs = make_feedback(), Subject.objects.create(name="Repairs")
        row = operations.classify(
            feedback=row, subject=repairs, place=None, unit=None, team=None, by=officer, at=now
        )
        newest = history_of(row).first()
        assert newest is not None
        assert [(c["label"], c["old"], c["new"]) for c in newest.changes] == [
            ("subject", "", "Repairs")
        ]

    def test_a_speaker_found_later_can_be_answered_and_taken_off_again(
        self, in_poole: Landlord, officer: Actor, now: dt.datetime
    ) -> None:
        row, doreen = make_feedback(speaker_words="Mrs Hackett (demo)"), make_person()
        row = operations.identify_speaker(feedback=row, person=doreen, by=officer, at=now)
        assert (row.speaker_kind, row.person, row.speaker_words) == ("PERSON", doreen, "")
        row = operations.identify_speaker(feedback=row, by=officer, at=now)
        assert (row.speaker_kind, row.person, row.wants_reply) == ("ANONYMOUS", None, False)


class TestClosing:
    def test_one_reason_closes_many_and_each_has_its_line_of_history(
        self, in_poole: Landlord, officer: Actor, now: dt.datetime
    ) -> None:
        rows = [make_feedback() for _ in range(3)]
        closed = operations.note_and_thank(
            feedback=rows, reason="Thanks passed on to the caretakers.", by=officer, at=now
        )
        assert {row.state for row in closed} == {"NOTED"}
        sentences = [history_of(row)[0].sentence for row in rows]
        assert sentences == ["noted and thanked: Thanks passed on to the caretakers."] * 3

    def test_it_needs_rows_a_reason_and_no_decision_and_at_most_two_hundred(
        self, in_poole: Landlord, officer: Actor, now: dt.datetime
    ) -> None:
        row = make_feedback()
        with pytest.raises(policies.NothingChosen):
            operations.note_and_thank(feedback=[], reason="Thanks.", by=officer, at=now)
        with pytest.raises(policies.ReasonMissing):
            operations.note_and_thank(feedback=[row], reason="  ", by=officer, at=now)
        with pytest.raises(policies.TooManyAtOnce):
            operations.note_and_thank(feedback=[row] * 201, reason="Thanks.", by=officer, at=now)
        operations.mark_decided(theme=make_theme(feedback=[row]), by=officer, at=now)
        with pytest.raises(policies.AnsweredByDecision):
            operations.note_and_thank(feedback=[row], reason="Thanks.", by=officer, at=now)

    def test_a_theme_closes_with_its_last_open_piece_and_opens_with_it(
        self, in_poole: Landlord, officer: Actor, now: dt.datetime
    ) -> None:
        first, second = make_feedback(), make_feedback()
        theme = make_theme(feedback=[first, second])
        operations.note_and_thank(feedback=[first], reason="Thanks.", by=officer, at=now)
        theme.refresh_from_db()
        assert theme.state == Theme.State.OPEN
        operations.note_and_thank(feedback=[second], reason="Thanks.", by=officer, at=now)
        theme.refresh_from_db()
        assert theme.state == Theme.State.NOTED
        operations.reopen(feedback=first, by=officer, at=now)
        theme.refresh_from_db()
        first.refresh_from_db()
        assert (theme.state, first.state) == ("OPEN", "OPEN")

    def test_what_is_open_cannot_be_opened(
        self, in_poole: Landlord, officer: Actor, now: dt.datetime
    ) -> None:
        with pytest.raises(policies.NothingToOpen):
            operations.reopen(feedback=make_feedback(), by=officer, at=now)


class TestThemes:
    def test_the_promise_counts_from_the_earliest_thing_said(
        self, in_poole: Landlord, officer: Actor, now: dt.datetime
    ) -> None:
        late = make_feedback(said_on=dt.date(2026, 6, 20))
        early = make_feedback(said_on=dt.date(2026, 6, 11))
        theme = make_theme(feedback=[late, early])
        theme.refresh_from_db()
        assert (theme.first_said_on, theme.decision_due) == (SAID_ON, dt.date(2026, 8, 10))
        operations.take_out(theme=theme, feedback=[early], by=officer, at=now)
        theme.refresh_from_db()
        assert theme.decision_due == dt.date(2026, 8, 19)

    def test_adding_twice_makes_one_entry(
        self, in_poole: Landlord, officer: Actor, now: dt.datetime
    ) -> None:
        row = make_feedback()
        theme = make_theme(feedback=[row])
        assert operations.add_to_theme(theme=theme, feedback=[row], by=officer, at=now) == []
        assert theme.entries.count() == 1

    def test_a_decision_answers_everything_in_the_theme_and_what_joins_it_later(
        self, in_poole: Landlord, officer: Actor, now: dt.datetime
    ) -> None:
        first, later = make_feedback(), make_feedback()
        theme = make_theme(feedback=[first])
        operations.mark_decided(theme=theme, by=officer, at=now)
        operations.add_to_theme(theme=theme, feedback=[later], by=officer, at=now)
        states = [said.state for said in queries.feedback_in(theme)]
        assert states == ["ANSWERED", "ANSWERED"]

    def test_a_withdrawn_decision_opens_what_no_other_decision_answers(
        self, in_poole: Landlord, officer: Actor, now: dt.datetime
    ) -> None:
        alone, twice = make_feedback("alone"), make_feedback("twice")
        theme = make_theme(feedback=[alone, twice])
        other = make_theme("Caretakers", feedback=[twice])
        for decided in (theme, other):
            operations.mark_decided(theme=decided, by=officer, at=now)
        operations.mark_undecided(theme=theme, by=officer, at=now)
        states = {said.words: said.state for said in queries.feedback_in(theme)}
        assert states == {"alone": "OPEN", "twice": "ANSWERED"}

    def test_joining_moves_everything_and_says_where_it_went(
        self, in_poole: Landlord, officer: Actor, now: dt.datetime
    ) -> None:
        shared, only = make_feedback(), make_feedback()
        theme, into = make_theme(feedback=[shared, only]), make_theme("Lifts", feedback=[shared])
        operations.merge_themes(theme=theme, into=into, by=officer, at=now)
        theme.refresh_from_db()
        assert (theme.state, theme.merged_into) == ("MERGED", into)
        assert (theme.entries.count(), into.entries.count()) == (0, 2)
        with pytest.raises(policies.ThemeIsClosed):
            operations.add_to_theme(theme=theme, feedback=[only], by=officer, at=now)
        with pytest.raises(policies.JoinedToItself):
            operations.merge_themes(theme=into, into=into, by=officer, at=now)

    def test_splitting_moves_some_into_a_theme_of_their_own(
        self, in_poole: Landlord, officer: Actor, now: dt.datetime
    ) -> None:
        stay, move, elsewhere = make_feedback(), make_feedback(), make_feedback()
        theme = make_theme(feedback=[stay, move])
        new = operations.split_theme(
            theme=theme, feedback=[move, elsewhere], title="Lights", by=officer, at=now
        )
        assert list(queries.feedback_in(theme)) == [stay]
        assert list(queries.feedback_in(new)) == [move]
        with pytest.raises(policies.NothingChosen):
            operations.split_theme(
                theme=theme, feedback=[elsewhere], title="Doors", by=officer, at=now
            )

    def test_everybody_in_a_theme_is_counted_once(
        self, in_poole: Landlord, officer: Actor, now: dt.datetime
    ) -> None:
        doreen = make_person()
        rows = [
            make_feedback(person=doreen),
            make_feedback(person=doreen, source_kind="LETTER"),
            make_feedback(speaker_words="Mr Biggs (demo)"),
        ]
        theme = make_theme(feedback=rows)
        assert list(queries.people_in(theme)) == [doreen]
        assert queries.unreachable_in(theme) == 1
        assert [(c["label"], c["count"]) for c in queries.channel_counts(theme)] == [
            ("Telephone call", 2),
            ("Letter", 1),
        ]
