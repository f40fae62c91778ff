from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from actionplans.feedback.models import Feedback
from actionplans.feedback.operations.importing import read_table_of_feedback
from involvement.importing.models import Upload
from involvement.importing.readers import read_table
from involvement.importing.writers import write_xlsx
from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord, Place, Subject, Unit
from residents.people.models import Person
from structures.bodies.models import Body
from tests.actionplans.asked import text_of
from tests.factories.feedback import make_feedback
from tests.factories.people import make_person
from tests.residents.exports.taken import taken_file

TODAY = dt.date(2026, 8, 12)
LIST = (
    "Comments,Date,Channel,Name,E-mail,Topic,Area,Postcode\n"
    "The lift is out.,11/06/2026,Comment card,Doreen Hackett (demo),,Lifts,Hamworthy,BH15\n"
    "Nobody came.,12 June 2026,Telephone,Leroy Biggs (demo),leroy@mail.example,Repairs,,\n"
    '"Thank you,\nall of you",2026-06-13,Fun day,,,,,\n'
)


def read(content: str | bytes, **options: Any) -> Any:
    data = content if isinstance(content, bytes) else content.encode()
    table = read_table(io.BytesIO(data), name="list.csv")
    return read_table_of_feedback(table, today=TODAY, **options)


def words_of(problems: Any) -> list[str]:
    return [str(problem) for problem in problems]


class TestReading:
    def test_a_list_is_read_under_its_own_headings_and_the_rest_is_kept(
        self, in_poole: Landlord
    ) -> None:
        lifts, hamworthy = (
            Subject.objects.create(name="Lifts"),
            Place.objects.create(name="hamworthy"),
        )
        doreen = make_person()
        reading = read(LIST)
        first, second, third = (row.said for row in reading.new)
        assert (first.said_on, first.source_kind, first.source_words) == (
            dt.date(2026, 6, 11),
            "PAPER_CARD",
            "Comment card",
        )
        assert (first.person, first.subject, first.place) == (doreen, lifts, hamworthy)
        assert first.extra == {"Postcode": "BH15"}
        assert second.extra == {"Topic": "Repairs"}
        assert reading.new[1].newcomer[0] == "Leroy Biggs (demo)"
        assert (third.words, third.source_kind, third.source_words) == (
            "Thank you,\nall of you",
            "IMPORT",
            "Fun day",
        )
        assert words_of(reading.preview.problems) == [
            "Row 3, “Topic”: Nothing here is called “Repairs”. It is kept beside the row."
        ]

    @pytest.mark.parametrize(
        ("day", "problem"),
        [
            ("30/02/2026", "30 February 2026 is not a day in the calendar"),
            ("June 2026", "“June 2026” is not one day. Write it as 11 June 2026."),
            ("soon", "“soon” is not one day."),
            ("13/08/2026", "“13/08/2026” is still to come. Put the day right."),
            ("", "No day is given. Write the day on which it was said."),
        ],
    )
    def test_a_day_that_cannot_be_stops_the_import(
        self, in_poole: Landlord, day: str, problem: str
    ) -> None:
        preview = read(f"Words,Said on\nThe lift.,{day}\n").preview
        assert problem in words_of(preview.errors)[0]
        assert not preview.confirmable

    def test_the_day_and_source_of_the_whole_list_fill_what_is_empty(
        self, in_poole: Landlord
    ) -> None:
        options = {"said_on": "2026-06-03", "source_kind": "MEETING", "source_words": "Forum"}
        reading = read("Words,Said on\nThe lift.,\n", options=options)
        said = reading.new[0].said
        assert (said.said_on.day, said.source_kind, said.source_words) == (3, "MEETING", "Forum")

    def test_rows_of_the_wrong_length_stop_it_and_rows_without_words_are_left_out(
        self, in_poole: Landlord
    ) -> None:
        preview = read("Words,Said on\nThe lift.\n,2026-06-11\n").preview
        assert preview.skipped == 2
        assert "This row has 1 cell, but there are 2 headings." in words_of(preview.errors)[0]
        assert "no words in this row" in words_of(preview.warnings)[0]

    def test_unknown_headings_are_named_and_can_be_chosen(self, in_poole: Landlord) -> None:
        content = "Ce qu’ils ont dit,Le\nL’ascenseur,2026-06-11\n"
        assert "No column is chosen for “Words”. Choose one." in words_of(
            read(content).preview.errors
        )
        chosen = {"Ce qu’ils ont dit": ["words"], "Le": ["said_on"]}
        assert read(content, choices=chosen).new[0].said.words == "L’ascenseur"

    def test_the_plainest_headings_are_known(self, in_poole: Landlord) -> None:
        said = read("What they said,How,Date,Name\nOut.,Survey,2026-06-11,Ida\n").new[0].said
        assert (said.words, said.source_kind, said.said_on, said.speaker_words) == (
            "Out.",
            "SURVEY",
            dt.date(2026, 6, 11),
            "Ida",
        )

    def test_windows_text_is_read_with_its_pounds(self, in_poole: Landlord) -> None:
        content = "Words,Said on\nThe café costs £5,2026-06-11\n".encode("cp1252")
        assert read(content).new[0].said.words == "The café costs £5"

    def test_groups_units_and_namesakes(self, in_poole: Landlord) -> None:
        panel = Body.objects.create(name="Repairs panel", short_name="RP")
        granta = Unit.objects.create(name="Granta")
        first = make_person(phone="01632 960 111")
        make_person()
        reading = read(
            "Words,Said on,Who,Phone,Part of\n"
            "a,2026-06-11,rp,,granta\n"
            "b,2026-06-11,Doreen Hackett (demo),,\n"
            "c,2026-06-11,Doreen Hackett (demo),01632960111,\n"
        )
        by_group, in_doubt, by_phone = (row.said for row in reading.new)
        assert (by_group.body, by_group.unit) == (panel, granta)
        assert (in_doubt.person, in_doubt.speaker_words) == (None, "Doreen Hackett (demo)")
        assert by_phone.person == first
        assert (
            "2 people are called “Doreen Hackett (demo)”" in words_of(reading.preview.warnings)[0]
        )


class TestPages:
    def upload(
        self,
        client: Client,
        content: bytes = LIST.encode(),
        name: str = "list.csv",
        source_kind: str = "PAPER_CARD",
    ) -> Any:
        file = SimpleUploadedFile(name, content)
        form = {"file": file, "source_kind": source_kind}
        return client.post("/desk/said/import/", form, follow=True)

    def test_nothing_is_written_until_it_is_confirmed_and_then_once(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        response = self.upload(officer_client)
        assert "3 rows read: 3 new. Nothing is written yet." in text_of(response)
        upload = response.context["upload"]
        with landlord_scope(poole):
            assert Feedback.objects.count() == 0
        for _ in range(2):
            officer_client.post(f"/desk/said/import/{upload.pk}/confirm/")
        with landlord_scope(poole):
            assert Feedback.objects.count() == 3
            assert Person.objects.get().email == "leroy@mail.example"
        shown = text_of(officer_client.get(f"/desk/said/import/{upload.pk}/"))
        assert "3 new pieces, 0 there already." in shown

    def test_the_same_file_again_adds_nothing(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        upload = self.upload(officer_client).context["upload"]
        officer_client.post(f"/desk/said/import/{upload.pk}/confirm/")
        response = self.upload(officer_client)
        assert "3 rows read: 3 unchanged." in text_of(response)

    def test_rows_that_say_the_same_are_all_kept(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        same = b"Words,Said on\nMore light.,2026-06-11\nMore light.,2026-06-11\n"
        for _ in range(2):
            upload = self.upload(officer_client, same).context["upload"]
            officer_client.post(f"/desk/said/import/{upload.pk}/confirm/")
        with landlord_scope(poole):
            assert Feedback.objects.count() == 2

    def test_columns_can_be_chosen_on_the_page(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        response = self.upload(officer_client, b"Dit,Le\nL'ascenseur,2026-06-11\n")
        upload = response.context["upload"]
        page = f"/desk/said/import/{upload.pk}/"
        chosen = {"column-0": "words", "column-1": "said_on"}
        response = officer_client.post(page, chosen, follow=True)
        assert "1 row read: 1 new." in text_of(response)

    def test_a_file_too_large_is_refused_before_it_is_read(
        self, poole: Landlord, officer_client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("involvement.importing.kinds.MAX_BYTES", 100)
        monkeypatch.setattr(
            "involvement.importing.operations.read_table",
            lambda *_args, **_kwargs: pytest.fail("it was read"),
        )
        shown = text_of(self.upload(officer_client, LIST.encode()))
        assert "can be read. Split it into smaller files, or take out pictures." in shown
        with landlord_scope(poole):
            assert not Upload.objects.exists()

    def test_a_list_in_which_every_row_says_how_is_not_asked_how(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        response = self.upload(officer_client, LIST.encode(), source_kind="")
        shown = text_of(response)
        assert "3 rows read: 3 new. Nothing is written yet." in shown
        assert "How it reached us, for rows that do not say" not in shown
        officer_client.post(f"/desk/said/import/{response.context['upload'].pk}/confirm/")
        with landlord_scope(poole):
            assert Feedback.objects.count() == 3

    def test_how_rows_reached_us_that_do_not_say_is_asked_beside_the_list_and_never_guessed(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        content = (
            b"What they said,How,Date,Name\nMore light.,,2026-06-11,\nNo.,Survey,2026-06-11,\n"
        )
        response = self.upload(officer_client, content, source_kind="")
        shown = text_of(response)
        assert "1 row does not say how it reached us. Choose how, beside this." in shown
        assert "Say how the rows that do not say it reached us." in shown
        page = f"/desk/said/import/{response.context['upload'].pk}/"
        officer_client.post(f"{page}confirm/")
        with landlord_scope(poole):
            assert not Feedback.objects.exists()
        columns = {"column-0": "words", "column-1": "source_kind", "column-2": "said_on"}
        chosen = officer_client.post(page, {**columns, "source_kind": "PHONE"}, follow=True)
        assert "2 rows read: 2 new. Nothing is written yet." in text_of(chosen)
        officer_client.post(f"{page}confirm/")
        with landlord_scope(poole):
            kinds = Feedback.objects.order_by("words").values_list("words", "source_kind")
            assert list(kinds) == [("More light.", "PHONE"), ("No.", "SURVEY")]

    @pytest.mark.parametrize(
        ("content", "what_to_do"),
        [
            (
                b"Words,Said on\nA.,2026-06-11\nB.,31/02/2026\n",
                "Put the list right and bring it in again.",
            ),
            (b"Foo,Bar\nx,y\n", "Say which column is what."),
        ],
        ids=["an impossible day", "unknown headings"],
    )
    def test_a_list_with_a_fault_says_what_to_do_and_brings_in_none_of_it(
        self, poole: Landlord, officer_client: Client, content: bytes, what_to_do: str
    ) -> None:
        response = self.upload(officer_client, content)
        assert what_to_do in text_of(response)
        upload = response.context["upload"]
        refused = officer_client.post(f"/desk/said/import/{upload.pk}/confirm/", follow=True)
        assert "This file has problems to put right." in text_of(refused)
        with landlord_scope(poole):
            assert not Feedback.objects.exists()

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_the_exported_log_imported_again_changes_nothing(
        self, poole: Landlord, officer_client: Client, kind: str
    ) -> None:
        with landlord_scope(poole):
            make_feedback("By hand", person=make_person())
            make_feedback("=1+1")
        content = taken_file(officer_client, "/desk/people/taken-out/said/", kind.upper())
        response = self.upload(officer_client, content, f"said.{kind}")
        assert "2 rows read: 2 unchanged." in text_of(response)

    def test_a_file_that_is_no_table_is_refused_in_words(self, officer_client: Client) -> None:
        response = self.upload(officer_client, b"%PDF-1.7", "list.pdf")
        assert "“list.pdf” is neither a .csv nor an .xlsx file." in text_of(response)

    def test_a_list_set_aside_is_not_imported(
        self, poole: Landlord, officer_client: Client
    ) -> None:
        upload = self.upload(officer_client).context["upload"]
        officer_client.post(f"/desk/said/import/{upload.pk}/set-aside/")
        response = officer_client.post(f"/desk/said/import/{upload.pk}/confirm/", follow=True)
        assert "This upload was set aside." in text_of(response)
        with landlord_scope(poole):
            assert Feedback.objects.count() == 0

    def test_a_workbook_with_a_formula_is_read_as_text(self, in_poole: Landlord) -> None:
        file = io.BytesIO()
        write_xlsx(file, ["Words", "Said on"], [["=HYPERLINK(1)", "2026-06-11"]])
        table = read_table(file, name="list.xlsx")
        assert read_table_of_feedback(table, today=TODAY).new[0].said.words == "=HYPERLINK(1)"  # type: ignore[union-attr]  # the row has no problem


class TestCommand:
    def run(self, file: Path, *options: str) -> Any:
        out = io.StringIO()
        call_command("import_feedback", str(file), "--landlord=poole", *options, stdout=out)
        return json.loads(out.getvalue()) if "--json" in options else out.getvalue()

    def test_it_counts_writes_and_the_second_time_writes_nothing(
        self, poole: Landlord, tmp_path: Path
    ) -> None:
        file = tmp_path / "list.csv"
        file.write_text(LIST)
        assert self.run(file, "--dry-run").startswith("3 rows read: 3 new.")
        with landlord_scope(poole):
            assert Feedback.objects.count() == 0
        runs = [self.run(file, "--json") for _ in range(2)]
        assert [(run["created"], run["unchanged"]) for run in runs] == [(3, 0), (0, 3)]

    def test_headings_are_mapped_on_the_command_line(self, poole: Landlord, tmp_path: Path) -> None:
        file = tmp_path / "list.csv"
        file.write_text("Dit\nL'ascenseur\n")
        made = self.run(file, "--map", "Dit=words", "--said-on", "2026-06-11", "--json")
        assert made["created"] == 1

    def test_a_file_with_problems_writes_nothing(self, poole: Landlord, tmp_path: Path) -> None:
        file = tmp_path / "list.csv"
        file.write_text("Words,Said on\nFine,2026-06-11\nNot,30/02/2026\n")
        with pytest.raises(CommandError, match="Nothing was written"):
            self.run(file)
        with pytest.raises(CommandError, match="No such file"):
            self.run(tmp_path / "none.csv")
        with landlord_scope(poole):
            assert Feedback.objects.count() == 0
