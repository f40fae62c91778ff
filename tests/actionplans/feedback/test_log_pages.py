from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actionplans.feedback.models import Feedback, Theme
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord, Place, Subject
from tests.actionplans.asked import text_of
from tests.factories.feedback import make_feedback, make_theme
from tests.factories.people import make_person

XSS = "<script>alert('lift')</script> & <b>out</b> 😡"


class TestLog:
    def test_it_opens_with_what_waits_and_the_promise(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        with landlord_scope(poole):
            make_feedback(said_on=dt.date(2026, 5, 1))
        page = text_of(officer_client.get("/desk/said/"))
        assert "1 piece waits for an answer. You promise one within 60 days." in page
        assert "1 May 2026 103 days" in page

    def test_words_are_shown_and_never_run(self, poole: Landlord, officer_client: Client) -> None:
        with landlord_scope(poole):
            pk = make_feedback(XSS).pk
        for page in ("/desk/said/", f"/desk/said/{pk}/"):
            html = officer_client.get(page).content.decode()
            assert "&lt;script&gt;alert(" in html
            assert "<script>alert(" not in html

    @pytest.mark.parametrize("size", [1, 3])
    def test_it_asks_the_same_number_of_questions_at_any_size(
        self,
        poole: Landlord,
        officer_client: Client,
        django_assert_num_queries: DjangoAssertNumQueries,
        size: int,
    ) -> None:
        with landlord_scope(poole):
            place, subject = (
                Place.objects.create(name="Hamworthy"),
                Subject.objects.create(name="L"),
            )
            for n in range(size):
                row = make_feedback(
                    person=make_person(f"P{n} (demo)"), place=place, subject=subject
                )
                make_theme(f"Theme {n}", feedback=[row])
        with django_assert_num_queries(15):
            officer_client.get("/desk/said/")

    @pytest.mark.parametrize(
        ("query", "shown"),
        [
            ("state=NOTED", {"noted"}),
            ("source_kind=LETTER", {"letter"}),
            ("subject={subject}", {"lift"}),
            ("place={place}", {"there"}),
            ("theme=none", {"noted", "letter", "lift", "there", "old"}),
            ("theme={theme}", {"grouped"}),
            ("said_to=2026-01-31", {"old"}),
            ("words=GROUPS", {"grouped"}),
            ("words=old+letter", set()),
            ("words=the", {"noted", "letter", "lift", "there", "old", "grouped"}),
            (
                "subject=999999&said_from=nonsense",
                {"noted", "letter", "lift", "there", "old", "grouped"},
            ),
        ],
    )
    def test_each_filter_keeps_what_it_says(
        self, poole: Landlord, officer_client: Client, query: str, shown: set[str]
    ) -> None:
        with landlord_scope(poole):
            subject = Subject.objects.create(name="Lifts")
            place = Place.objects.create(name="Hamworthy")
            noted = make_feedback("noted")
            Feedback.objects.filter(pk=noted.pk).update(
                state="NOTED", noted_reason="Thanks.", noted_at=noted.recorded_at
            )
            make_feedback("letter", source_kind="LETTER")
            make_feedback("lift", subject=subject)
            make_feedback("there", place=place)
            make_feedback("old", said_on=dt.date(2026, 1, 31))
            theme = make_theme(feedback=[make_feedback("grouped")])
        keys = {"subject": subject.pk, "place": place.pk, "theme": theme.pk}
        response = officer_client.get(f"/desk/said/?{query.format(**keys)}")
        assert {row.words for row, _days, _late in response.context["rows"]} == shown

    def test_subjects_stand_as_a_tree_and_decided_themes_can_be_asked_for(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        with landlord_scope(poole):
            repairs = Subject.objects.create(name="Repairs", position=1)
            bins = Subject.objects.create(name="Bins", position=2)
            damp = Subject.objects.create(name="Damp", parent=repairs, position=3)
            said = [make_feedback("decided"), make_feedback("waits")]
            decided, waits = (
                make_theme(word, feedback=[row]) for word, row in zip(("D", "W"), said, strict=True)
            )
            Theme.objects.filter(pk=decided.pk).update(state="NOTED")
        page = officer_client.get(f"/desk/said/?theme={decided.pk}")
        fields = page.context["form"].fields
        assert [name for key, name in fields["subject"].choices if key] == [
            repairs.name,
            f"– {damp.name}",
            bins.name,
        ]
        assert fields["theme"].choices[2:] == [
            ("Waiting for a decision", [(str(waits.pk), "W")]),
            ("Decided or noted", [(str(decided.pk), "D")]),
        ]
        assert [row.words for row, _days, _late in page.context["rows"]] == ["decided"]
        html = page.content.decode()
        assert '<optgroup label="Decided or noted">' in html
        assert "in “D”" in html

    def test_older_and_newer_pages_show_every_row_once(
        self, poole: Landlord, officer_client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("actionplans.feedback.queries.log.PAGE", 2)
        with landlord_scope(poole):
            for n in range(5):
                make_feedback(str(n), said_on=dt.date(2026, 6, 1 + n // 2))
        seen, at = [], ""
        for _ in range(3):
            page = officer_client.get("/desk/said/", {"at": at}).context["page"]
            seen.append([row.words for row in page.rows])
            at = page.following
        assert (seen, at) == ([["4", "3"], ["2", "1"], ["0"]], "")
        back = officer_client.get("/desk/said/", {"at": page.preceding}).context["page"]
        assert [row.words for row in back.rows] == ["2", "1"]
        assert officer_client.get("/desk/said/", {"at": "on.20269999.7"}).status_code == 200

    def test_whoever_goes_through_it_at_a_desk_has_more_at_a_time(
        self, poole: Landlord, officer_client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("actionplans.feedback.queries.log.PAGE", 2)
        with landlord_scope(poole):
            for n in range(5):
                make_feedback(str(n))
        few = officer_client.get("/desk/said/", {"state": "OPEN"})
        assert len(few.context["rows"]) == 2
        assert '<a href="?state=OPEN&amp;rows=100">Show 100 at a time</a>' in few.content.decode()
        many = officer_client.get("/desk/said/", {"state": "OPEN", "rows": "100"})
        assert len(many.context["rows"]) == 5
        assert '<a href="?state=OPEN">Show fewer at a time</a>' in many.content.decode()

    def test_only_who_may_act_on_many_rows_has_ticks_and_a_column_for_them(
        self, poole: Landlord, officer_client: Client, contributor_client: Client
    ) -> None:
        with landlord_scope(poole):
            make_feedback("The lift.")
        officers = officer_client.get("/desk/said/").content.decode()
        contributors = contributor_client.get("/desk/said/").content.decode()
        assert "The lift." in contributors
        heads = [page.count("<th scope=") for page in (officers, contributors)]
        cells = [page.count("<td") for page in (officers, contributors)]
        assert heads[0] - heads[1] == cells[0] - cells[1] == 1
        for words in ("log__tick", "log--ticked", "Put ticked ones into a theme", "Tick"):
            assert words in officers
            assert words not in contributors

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_the_filtered_list_is_taken_away_as_a_file(
        self, poole: Landlord, officer_client: Client, kind: str
    ) -> None:
        import io  # noqa: PLC0415 -- likewise

        from involvement.importing.readers import read_table  # noqa: PLC0415 -- one test reads files
        from tests.residents.exports.taken import doors, taken_file  # noqa: PLC0415 -- likewise

        with landlord_scope(poole):
            make_feedback("=cmd()", said_on=dt.date(2026, 6, 11), person=make_person())
            make_feedback("by letter", source_kind="LETTER")
        page = "/desk/said/?source_kind=PHONE&rows=100"
        content = taken_file(officer_client, doors(officer_client, page)["said"], kind.upper())
        table = read_table(io.BytesIO(content), name=f"said.{kind}")
        assert [row.cells[1:6] for row in table.rows] == [
            ("2026-06-11", "Telephone call", "", "Doreen Hackett (demo)", "=cmd()")
        ]
