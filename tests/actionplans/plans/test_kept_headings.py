"""What the headings of a file mean is said once, whichever way the file comes in."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError
from django.test import Client
from django.urls import reverse

from actionplans.management.commands.import_action_plan import Command
from actionplans.plans.models import Line, Plan
from actionplans.plans.queries.kept import KIND
from involvement.importing.models import SavedMapping, Upload
from involvement.landlords.models import Landlord
from tests.actionplans.plans.test_bringing_in import bring_in, write
from tests.actionplans.plans.test_bringing_in_pages import upload

UNSEEN = "Ziel der Massnahme,Wer und wann\nHold a café,JM June 2030\n"
CHOSEN = ("--map", "Ziel der Massnahme=title", "--map", "wer und wann=owner + deadline")


def test_a_cell_may_be_said_to_hold_owner_and_deadline(in_poole: Landlord, tmp_path: Path) -> None:
    path = write(tmp_path, "Task,Wer und wann\nHold a café,JM\nRing back,June 2030\n")
    bring_in(path, "--map", "Wer und wann=owner+deadline")
    first, second = Line.objects.order_by("position")
    assert (first.owner_words, second.deadline_words) == ("JM", "June 2030")


def test_the_help_names_every_field_the_page_offers() -> None:
    words = " ".join(
        Command().create_parser("manage.py", "import_action_plan").format_help().split()
    )
    assert "year, or owner+deadline where one cell holds both" in words


def test_what_was_said_in_a_command_is_known_to_the_next_one_and_to_the_page(
    officer_client: Client, in_poole: Landlord, tmp_path: Path
) -> None:
    path = write(tmp_path, UNSEEN)
    with pytest.raises(CommandError, match="Nothing was brought in"):
        bring_in(path)
    bring_in(path, *CHOSEN)
    assert SavedMapping.objects.get(kind=KIND).choices == {
        "Ziel der Massnahme": ["title"],
        "Wer und wann": ["owner", "deadline"],
    }
    again = bring_in(path)
    assert again["message"] == "“Plan (demo)” holds this file already. Nothing was changed."
    page = upload(officer_client, UNSEEN.replace("café", "tea"), "Other").content.decode()
    assert "1 row read, 1 line would be made." in " ".join(page.split())


def test_what_was_said_on_the_page_is_known_to_the_command(
    officer_client: Client, in_poole: Landlord, tmp_path: Path
) -> None:
    upload(officer_client, UNSEEN)
    address = reverse("plans:upload_map", args=[Upload.objects.get().pk])
    officer_client.post(address, {"column_0": "title", "column_1": "-"})
    path = write(tmp_path, UNSEEN)
    assert bring_in(path, "--dry-run")["extra_columns"] == ["Wer und wann"]
    # What the command says itself goes before
    said = bring_in(path, "--dry-run", "--map", "Wer und wann=owner")
    assert said["extra_columns"] == []


def test_a_dry_run_and_a_file_that_changes_nothing_keep_no_headings(
    in_poole: Landlord, tmp_path: Path
) -> None:
    path = write(tmp_path, UNSEEN)
    bring_in(path, *CHOSEN, "--dry-run")
    assert not SavedMapping.objects.exists()
    bring_in(path, *CHOSEN)
    kept = SavedMapping.objects.get().saved_at
    bring_in(path, *CHOSEN)
    assert SavedMapping.objects.get().saved_at == kept
    assert Plan.objects.count() == 1


def test_how_a_file_was_read_is_said_before_it_is_brought_in(
    officer_client: Client, in_poole: Landlord
) -> None:
    file = SimpleUploadedFile("plan.csv", "Task,When\nA café for £5,2030\n".encode("cp1252"))
    page = officer_client.post(
        reverse("plans:upload_add"), {"title": "P", "file": file}, follow=True
    ).content.decode()
    assert page.count("it was read as Windows text") == 1
    assert page.index("it was read as Windows text") < page.index("Bring it in</button>")
