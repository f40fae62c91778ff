from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse
from pytest_django import DjangoAssertNumQueries

from actionplans.feedback import urls
from actionplans.feedback.finder import find_piece
from actionplans.feedback.models import Feedback, Theme
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord, Place, Subject
from residents.people.models import Person
from structures.bodies.models import Body
from tests.conftest import client_for
from tests.factories.accounts import make_member
from tests.factories.feedback import make_feedback, make_theme
from tests.factories.people import make_person

XSS = "<script>alert('lift')</script> & <b>out</b> 😡"


def text_of(response: Any) -> str:
    """The page as it reads: tags gone, spaces single."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def address(pattern: URLPattern, pk: int) -> str:
    arguments = {"pk": pk} if "pk" in pattern.pattern.converters else {}
    return reverse(f"feedback:{pattern.name}", kwargs=arguments)


@pytest.fixture
def said(poole: Landlord) -> Feedback:
    with landlord_scope(poole):
        return make_feedback()


@pytest.mark.parametrize("pattern", urls.desk, ids=lambda pattern: pattern.name)
def test_strangers_find_nothing_and_board_members_are_refused(
    poole: Landlord, said: Feedback, stranger_client: Client, pattern: URLPattern
) -> None:
    board = client_for(poole, make_member(poole, "Bo Reed (demo)", "BOARD"))
    page = address(pattern, said.pk)
    assert [stranger_client.get(page).status_code, board.get(page).status_code] in (
        [404, 403],
        # These take only what is sent to them
        [405, 405],
    )
    assert stranger_client.post(page).status_code in {404, 405}


@pytest.mark.parametrize("name", ["chosen_note", "chosen_theme"])
def test_a_contributor_records_but_does_not_close_or_group(
    said: Feedback, contributor_client: Client, name: str
) -> None:
    assert contributor_client.get(reverse("feedback:record")).status_code == 200
    page = reverse(f"feedback:{name}")
    assert contributor_client.get(page, {"chosen": said.pk}).status_code == 403


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
        with django_assert_num_queries(14):
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
            at = page.older
        assert (seen, at) == ([["4", "3"], ["2", "1"], ["0"]], "")
        back = officer_client.get("/desk/said/", {"at": page.newer}).context["page"]
        assert [row.words for row in back.rows] == ["2", "1"]
        assert officer_client.get("/desk/said/", {"at": "before.20269999.7"}).status_code == 200

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_the_filtered_list_is_taken_away_as_a_file(
        self, poole: Landlord, officer_client: Client, kind: str
    ) -> None:
        import io  # noqa: PLC0415 -- likewise

        from involvement.importing.readers import read_table  # noqa: PLC0415 -- one test reads files

        with landlord_scope(poole):
            make_feedback("=cmd()", said_on=dt.date(2026, 6, 11), person=make_person())
            make_feedback("by letter", source_kind="LETTER")
        response = officer_client.get(f"/desk/said/export.{kind}", {"source_kind": "PHONE"})
        content = b"".join(response)
        table = read_table(io.BytesIO(content), name=f"said.{kind}")
        assert [row.cells[1:6] for row in table.rows] == [
            ("2026-06-11", "Telephone call", "", "Doreen Hackett (demo)", "=cmd()")
        ]


class TestRecording:
    def entry(self, **fields: str) -> dict[str, str]:
        return {
            "words": "The lift is out.",
            "said_on": "2026-06-11",
            "source_kind": "LETTER",
        } | fields

    def test_a_row_is_saved_and_the_next_begins_with_its_day_and_source(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        with landlord_scope(poole):
            Subject.objects.create(name="Lifts")
            doreen = make_person()
        response = officer_client.post(
            "/desk/said/record/",
            self.entry(who="doreen hackett (DEMO)", subject="lifts", source_words="Her letter"),
            follow=True,
        )
        with landlord_scope(poole):
            row = Feedback.objects.select_related("subject").get()
        assert (row.person_id, str(row.subject), row.by_clerk) == (
            doreen.pk,
            "Lifts",
            "Jean Marlow (demo)",
        )
        html = response.content.decode()
        assert 'value="2026-06-11"' in html
        assert '<option value="LETTER" selected>' in html
        assert "Recorded: “The lift is out.” – Doreen Hackett (demo)." in text_of(response)

    def test_pressing_twice_makes_one_row(self, poole: Landlord, officer_client: Client) -> None:
        form = officer_client.get("/desk/said/record/").context["form"]
        entry = self.entry(token=str(form["token"].value()))
        for _ in range(2):
            officer_client.post("/desk/said/record/", entry)
        with landlord_scope(poole):
            assert Feedback.objects.count() == 1

    def test_somebody_new_with_a_contact_joins_the_people(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        officer_client.post(
            "/desk/said/record/", self.entry(who="Kasia Nowak (demo)", contact="07700 900 123")
        )
        with landlord_scope(poole):
            person = Feedback.objects.select_related("person").get().person
        assert person is not None
        assert (person.name, person.phone, person.preferred_channel) == (
            "Kasia Nowak (demo)",
            "07700 900 123",
            "PHONE",
        )

    def test_a_name_alone_is_kept_without_making_a_person(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        officer_client.post("/desk/said/record/", self.entry(who="Mr Biggs (demo)"))
        with landlord_scope(poole):
            row = Feedback.objects.get()
            assert (row.speaker_kind, row.speaker_words) == ("ANONYMOUS", "Mr Biggs (demo)")
            assert Person.objects.count() == 0

    def test_a_group_speaks_by_its_name_or_short_name(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        with landlord_scope(poole):
            panel = Body.objects.create(name="Repairs panel", short_name="RP")
        officer_client.post("/desk/said/record/", self.entry(who="rp"))
        with landlord_scope(poole):
            assert Feedback.objects.get().body_id == panel.pk

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"words": ""}, "Write what was said."),
            ({"words": "x" * 20_001}, "You have written 20001."),
            ({"said_on": "2026-02-30"}, "Write a day that exists, such as 2026-06-11."),
            ({"said_on": "2026-08-13"}, "The day it was said cannot be later than today."),
            ({"said_on": "1066-10-14"}, "Write a day from 1970 on."),
            ({"subject": "Lifs"}, "There is no subject “Lifs”. Did you mean “Lifts”?"),
            ({"contact": "a@b.example"}, "Write the name of the person to be reached like this."),
            ({"who": "Nobody, no. 999"}, "There is nobody “Nobody, no. 999”."),
            ({"who": "Doreen Hackett (demo)"}, "2 people have this name. Type one of: Doreen"),
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_stays(
        self, poole: Landlord, officer_client: Client, fields: dict[str, str], sentence: str
    ) -> None:
        with landlord_scope(poole):
            Subject.objects.create(name="Lifts")
            make_person()
            make_person()
        response = officer_client.post(
            "/desk/said/record/", self.entry(source_words="At the stall") | fields
        )
        assert sentence in text_of(response)
        assert 'value="At the stall"' in response.content.decode()
        with landlord_scope(poole):
            assert Feedback.objects.count() == 0

    def test_one_of_two_namesakes_is_chosen_by_number(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        with landlord_scope(poole):
            make_person()
            second = make_person()
        who = f"Doreen Hackett (demo), no. {second.pk}"
        officer_client.post("/desk/said/record/", self.entry(who=who))
        with landlord_scope(poole):
            assert Feedback.objects.get().person_id == second.pk

    def test_people_are_suggested_only_to_those_who_may_read_them(
        self, poole: Landlord, officer_client: Client, contributor_client: Client
    ) -> None:
        with landlord_scope(poole):
            doreen = make_person()
            Body.objects.create(name="Doorstep group")
        page, typed = "/desk/said/record/who/", {"who": "do"}
        officers = officer_client.get(page, typed).content.decode()
        assert f"Doreen Hackett (demo), no. {doreen.pk}" in officers
        contributors = contributor_client.get(page, typed).content.decode()
        assert "Doorstep group" in contributors
        assert "Doreen" not in contributors

    def test_ten_at_once_keeps_blank_rows_out_and_makes_each_row_once(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        page = officer_client.get("/desk/said/record/many/")
        token = str(page.context["head"]["token"].value())
        grid = self.grid(token) | {
            "row-0-words": "First",
            "row-4-words": "Second",
            "row-4-who": "A",
        }
        for _ in range(2):
            officer_client.post("/desk/said/record/many/", grid)
        with landlord_scope(poole):
            rows = list(Feedback.objects.order_by("pk").values_list("words", "speaker_words"))
        assert rows == [("First", ""), ("Second", "A")]

    def test_one_bad_row_of_ten_keeps_them_all_on_the_page(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        grid = self.grid("") | {"row-0-words": "First", "row-1-who": "Nobody’s words"}
        response = officer_client.post("/desk/said/record/many/", grid)
        html = response.content.decode()
        assert "Row 2" in html
        assert ">\nFirst</textarea>" in html
        with landlord_scope(poole):
            assert Feedback.objects.count() == 0

    def grid(self, token: str) -> dict[str, str]:
        return {
            "said_on": "2026-06-11",
            "source_kind": "PAPER_CARD",
            "source_words": "Fun day",
            "place": "",
            "token": token,
            "row-TOTAL_FORMS": "10",
            "row-INITIAL_FORMS": "0",
        }


class TestOnePiece:
    @pytest.mark.parametrize("size", [1, 3])
    def test_it_asks_the_same_number_of_questions_at_any_size(
        self,
        poole: Landlord,
        officer_client: Client,
        django_assert_num_queries: DjangoAssertNumQueries,
        size: int,
    ) -> None:
        with landlord_scope(poole):
            row = make_feedback(person=make_person())
            for n in range(size):
                make_theme(f"In {n}", feedback=[row])
                make_theme(f"Lift {n}")
        with django_assert_num_queries(15):
            officer_client.get(f"/desk/said/{row.pk}/")

    def test_a_correction_shows_the_first_words_beside(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        with landlord_scope(poole):
            row = make_feedback("The lfit\nis out.")
        response = officer_client.post(
            f"/desk/said/{row.pk}/words/",
            {"words": "The lift\r\nis out.", "seen": "The lfit\r\nis out."},
            follow=True,
        )
        assert "First written down as The lfit is out." in text_of(response)
        with landlord_scope(poole):
            assert Feedback.objects.get().words == "The lift\nis out."

    def test_the_second_officer_sees_the_first_ones_words_and_loses_nothing(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        with landlord_scope(poole):
            row = make_feedback("First.")
        page = f"/desk/said/{row.pk}/words/"
        officer_client.post(page, {"words": "Theirs.", "seen": "First."})
        response = officer_client.post(page, {"words": "Mine.", "seen": "First."})
        html = response.content.decode()
        assert "Somebody else changed this" in html
        assert "Theirs." in html
        assert "Mine.</textarea>" in html
        officer_client.post(page, {"words": "Mine.", "seen": "Theirs."})
        with landlord_scope(poole):
            assert Feedback.objects.get().words == "Mine."

    def test_who_and_what_it_is_about_are_changed(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        with landlord_scope(poole):
            row, doreen = make_feedback(), make_person()
            Place.objects.create(name="Hamworthy")
        form = {"who": "Doreen Hackett (demo)", "place": "hamworthy", "wants_reply": "on"}
        officer_client.post(f"/desk/said/{row.pk}/about/", form)
        with landlord_scope(poole):
            row = Feedback.objects.select_related("place").get()
        assert (row.person_id, str(row.place), row.wants_reply) == (doreen.pk, "Hamworthy", True)

    def test_nobody_known_cannot_want_a_reply(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        with landlord_scope(poole):
            row = make_feedback()
        response = officer_client.post(f"/desk/said/{row.pk}/about/", {"wants_reply": "on"})
        assert "To reply we need to know whom." in text_of(response)

    def test_noting_closes_with_a_reason_and_it_can_be_opened_again(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        with landlord_scope(poole):
            row = make_feedback()
        form = {"chosen": row.pk, "reason": "Passed on to the caretakers."}
        response = officer_client.post("/desk/said/chosen/note/", form, follow=True)
        assert "1 noted and thanked." in text_of(response)
        page = text_of(officer_client.get(f"/desk/said/{row.pk}/"))
        assert "Passed on to the caretakers." in page
        officer_client.post(f"/desk/said/{row.pk}/reopen/")
        with landlord_scope(poole):
            assert Feedback.objects.get().state == "OPEN"


class TestThemes:
    def test_chosen_rows_start_a_theme_or_join_one(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        with landlord_scope(poole):
            first, second = make_feedback("first"), make_feedback("second")
        page = "/desk/said/chosen/theme/"
        assert "Put 1 piece into a theme" in text_of(officer_client.get(page, {"chosen": first.pk}))
        officer_client.post(page, {"chosen": first.pk, "start": "1", "title": "Lifts that work"})
        with landlord_scope(poole):
            theme = Theme.objects.get()
        officer_client.post(page, {"chosen": second.pk, "into": "1", "theme": theme.pk})
        shown = text_of(officer_client.get(f"/desk/said/themes/{theme.pk}/said/"))
        assert "2 pieces, the earliest first." in shown

    def test_nothing_ticked_leads_back_with_a_sentence(self, officer_client: Client) -> None:
        response = officer_client.get("/desk/said/chosen/note/", follow=True)
        assert "Choose at least one row first" in text_of(response)

    def test_more_than_two_hundred_are_not_taken(self, officer_client: Client) -> None:
        chosen = [str(n) for n in range(201)]
        assert officer_client.get("/desk/said/chosen/note/", {"chosen": chosen}).status_code == 404

    @pytest.mark.parametrize("size", [1, 3])
    def test_its_page_asks_the_same_number_of_questions_at_any_size(
        self,
        poole: Landlord,
        officer_client: Client,
        django_assert_num_queries: DjangoAssertNumQueries,
        size: int,
    ) -> None:
        with landlord_scope(poole):
            rows = [make_feedback(person=make_person(f"P{n} (demo)")) for n in range(size)]
            theme = make_theme(feedback=rows)
            for _ in range(size):
                make_feedback("The lift never stays mended.")
        with django_assert_num_queries(19):
            officer_client.get(f"/desk/said/themes/{theme.pk}/")

    @pytest.mark.parametrize("size", [1, 3])
    def test_the_list_asks_the_same_number_of_questions_at_any_size(
        self,
        poole: Landlord,
        officer_client: Client,
        django_assert_num_queries: DjangoAssertNumQueries,
        size: int,
    ) -> None:
        with landlord_scope(poole):
            for n in range(size):
                make_theme(f"Theme {n}", feedback=[make_feedback()])
        with django_assert_num_queries(9):
            officer_client.get("/desk/said/themes/")

    def test_the_thread_says_who_said_it_how_and_for_how_long_nobody_decided(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        with landlord_scope(poole):
            doreen, day = make_person(), dt.date(2026, 6, 1)
            rows = [
                make_feedback("Quote me.", person=doreen, said_on=day, quote_permission=True),
                make_feedback("Not me.", source_kind="PAPER_CARD"),
                make_feedback("Nor me.", source_kind="PAPER_CARD"),
            ]
            theme = make_theme(feedback=rows)
        page = text_of(officer_client.get(f"/desk/said/themes/{theme.pk}/"))
        assert "Said 3 times, by 1 person we know and 2 we cannot reach." in page
        assert "Nobody has decided for 72 days. Your promise is 60." in page
        assert "2 paper cards 1 telephone call Read all 3" in page
        assert "Quote me. Doreen Hackett (demo), telephone call. May be quoted." in page

    def test_what_may_belong_is_suggested_with_the_reason_and_a_person_decides(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        with landlord_scope(poole):
            theme = make_theme("Lifts that stay mended", feedback=[make_feedback("Mended twice.")])
            likely = make_feedback("Your lifts are never mended.")
            make_feedback("Lovely fun day.")
        response = officer_client.get(f"/desk/said/themes/{theme.pk}/")
        assert [(like.row, like.why) for like in response.context["similar"]] == [
            (likely, "Speaks of “lift”, “mended” too")
        ]
        officer_client.post(f"/desk/said/themes/{theme.pk}/add/", {"chosen": likely.pk})
        with landlord_scope(poole):
            assert theme.entries.count() == 2

    def test_themes_are_changed_joined_and_split(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        with landlord_scope(poole):
            first, second = make_feedback(), make_feedback()
            theme, other = make_theme(feedback=[first, second]), make_theme("Doors")
        root = f"/desk/said/themes/{theme.pk}/"
        officer_client.post(f"{root}change/", {"title": "Lifts, at last"})
        split = {"chosen": second.pk, "split": "1", "title": "Lights"}
        officer_client.post(f"{root}take-out/", split)
        officer_client.post(f"{root}join/", {"theme": other.pk})
        with landlord_scope(poole):
            states = dict(Theme.objects.values_list("title", "state"))
            assert states == {"Lifts, at last": "MERGED", "Doors": "OPEN", "Lights": "OPEN"}
            assert other.entries.get().feedback_id == first.pk
        assert "Joined to Doors" in text_of(officer_client.get(root))


def test_a_person_s_page_says_what_they_said_and_what_became_of_it(
    poole: Landlord, officer_client: Client
) -> None:
    with landlord_scope(poole):
        doreen = make_person()
        make_theme("Lifts", feedback=[make_feedback("The lift.", person=doreen)])
    page = text_of(officer_client.get(f"/desk/people/{doreen.pk}/"))
    assert "What Doreen Hackett (demo) said 1 The lift." in page
    assert "In Lifts , no decision yet." in page


def test_the_search_box_finds_people_themes_and_numbers(
    poole: Landlord, officer_client: Client
) -> None:
    with landlord_scope(poole):
        doreen, row = make_person(), make_feedback("The lift.")
        theme = make_theme("Lifts that work")
    found = {
        words: officer_client.get("/desk/search/", {"q": words})["Location"]
        for words in ("doreen", "that work")
    }
    assert found == {
        "doreen": f"/desk/people/{doreen.pk}/",
        "that work": f"/desk/said/themes/{theme.pk}/",
    }
    with landlord_scope(poole):
        assert [hit.title for hit in find_piece(str(row.pk), 8)] == ["The lift."]
