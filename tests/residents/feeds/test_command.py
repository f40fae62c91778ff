from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse

from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord
from residents.feeds.models import Intake, Source
from residents.feeds.queries.reading import ENDS_OPEN
from residents.people.models import Person
from tests.residents.feeds.files import HEADINGS, csv_of, one


def run(landlord: Landlord, path: Path, *flags: str) -> dict[str, Any]:
    out = StringIO()
    call_command(
        "import_residents", str(path), "--landlord", landlord.slug, "--json", *flags, stdout=out
    )
    found: dict[str, Any] = json.loads(out.getvalue())
    found.pop("problems")
    found.pop("notes")
    return found


def written(path: Path, *numbers: int) -> Path:
    path.write_bytes(csv_of(*(one(number) for number in numbers)))
    return path


def test_the_command_prints_its_counts_and_keeps_a_row(poole: Landlord, tmp_path: Path) -> None:
    path = written(tmp_path / "people.csv", 1, 2, 3)
    new = {"rows_read": 3, "created": 3, "changed": 0, "unchanged": 0, "leavers": 0, "refused": 0}
    assert run(poole, path, "--dry-run") == new
    with landlord_scope(poole):
        assert not Intake.objects.exists()
        assert not Person.objects.exists()
    assert run(poole, path) == new
    assert run(poole, path) == {**new, "created": 0, "unchanged": 3}
    with landlord_scope(poole):
        assert Intake.objects.filter(state="DONE", how="COMMAND").count() == 2
        assert Source.objects.get().name == "Housing system"


def test_too_many_leavers_stop_it_until_they_are_allowed(poole: Landlord, tmp_path: Path) -> None:
    run(poole, written(tmp_path / "a.csv", *range(1, 6)), "--mode", "full")
    path = written(tmp_path / "b.csv", 1, 2, 3)
    with pytest.raises(CommandError, match="2 people of 5 would have left"):
        run(poole, path, "--mode", "full")
    assert run(poole, path, "--mode", "full", "--allow-leavers")["leavers"] == 2


def test_headings_are_chosen_once_for_a_source(poole: Landlord, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    data = csv_of(one(1)).decode()
    path.write_text(data.replace("Person Ref", "Wer").replace(",Name,", ",Wie,"))
    with pytest.raises(CommandError, match="No column is chosen for “Person reference”"):
        run(poole, path)
    assert run(poole, path, "--map", "Wer=reference", "--map", "Wie=name")["created"] == 1
    assert run(poole, path)["unchanged"] == 1
    assert "Person Ref" in HEADINGS


def refused_by(landlord: Landlord, path: Path, *flags: str) -> dict[str, Any]:
    """What the command printed before it ended with an error."""
    out = StringIO()
    with pytest.raises(CommandError, match="No row of this file can be taken over"):
        call_command("import_residents", str(path), "--landlord", landlord.slug, *flags, stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_a_file_of_which_every_row_is_refused_is_told_row_by_row_and_kept(
    poole: Landlord, officer_client: Client, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(csv_of(one(1, Name=""), one(2, Phone="abc")))
    said = {
        **dict.fromkeys(("created", "changed", "unchanged", "leavers"), 0),
        "rows_read": 2,
        "refused": 2,
        "problems": [
            "row 2: This row has no name. Fill it in.",
            "row 3: “abc” is no telephone number. Write its digits or leave it empty.",
        ],
        "notes": [],
    }
    assert refused_by(poole, path, "--json", "--dry-run") == said
    with landlord_scope(poole):
        assert not Intake.objects.exists()
    assert refused_by(poole, path, "--json", "--mode", "full") == said
    with landlord_scope(poole):
        intake = Intake.objects.get()
        assert (intake.state, intake.refused) == ("FAILED", 2)
        assert "The first of them, row 2: This row has no name." in intake.why
        assert not Person.objects.exists()
    page = officer_client.get(reverse("feeds:intake_detail", args=[intake.pk])).content.decode()
    assert "Take the 2 refused rows as a file (CSV)" in page
    file = officer_client.get(reverse("feeds:intake_refused", args=[intake.pk]))
    assert file.getvalue().decode("utf-8-sig").count("Drake Court, Poole") == 2


def test_a_last_line_without_an_end_is_pointed_out(poole: Landlord, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(csv_of(one(1), one(2)).rstrip(b"\r\n"))
    out = StringIO()
    call_command("import_residents", str(path), "--landlord", poole.slug, "--json", stdout=out)
    found = json.loads(out.getvalue())
    assert found["notes"] == [ENDS_OPEN]
    assert (found["created"], found["problems"]) == (2, [])


def test_a_file_that_is_not_there_says_so(poole: Landlord, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        run(poole, tmp_path / "none.csv")
