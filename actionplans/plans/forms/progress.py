from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, cast

from django import forms

from actionplans.plans.forms.fields import day, text
from actionplans.plans.models import Line
from involvement.calendars.deadlines import Repeat


class ProgressForm(forms.Form):
    """What has happened, as it is noted under a line."""

    words = text(
        "What has happened?",
        3,
        required=True,
        hint="One or two sentences. Those who watch the plan read them as you write them.",
        error="Write what has happened, in a sentence or two.",
    )
    status = forms.ChoiceField(
        label="How it stands now",
        required=False,
        choices=[("", "As before"), *Line.Status.choices],
    )
    names_somebody = forms.BooleanField(
        label="It names somebody",
        required=False,
        help_text="Residents, groups and the board are not given a note that names a person.",
    )
    evidence = forms.FileField(
        label="A file that shows it",
        required=False,
        help_text="PDF, picture, Word, Excel or PowerPoint, at most 20 MB.",
    )
    link = forms.URLField(
        label="Or the address of a page",
        required=False,
        assume_scheme="https",
        error_messages={"invalid": "Write the whole address, beginning with https://"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form_key"].initial = uuid.uuid4()


class LinkUpdateForm(forms.Form):
    """The same for a colleague who follows a link."""

    words = text(
        "What has happened?",
        4,
        required=True,
        hint="One or two sentences are enough. Residents may read them as you write them.",
        error="Write what has happened, in a sentence or two.",
    )
    names_somebody = forms.BooleanField(
        label="It names somebody",
        required=False,
        help_text="Tick this where it tells who somebody is. Then only staff read it.",
    )
    status = forms.ChoiceField(
        label="How does it stand now?",
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("", "As before"),
            ("ON_TRACK", "On track"),
            ("AT_RISK", "At risk"),
            ("DONE", "Done"),
        ],
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form_key"].initial = uuid.uuid4()


class DeadlineForm(forms.Form):
    """What an officer says a deadline's words mean."""

    starts_on = day("Starts on")
    due_on = day("Due on")
    repeats = forms.ChoiceField(
        label="Comes back",
        required=False,
        choices=[("", "No"), *[(repeat.value, repeat.label) for repeat in Repeat]],
    )
    open_ended = forms.BooleanField(label="It has no end", required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        start, due = cast("dt.date | None", data.get("starts_on")), data.get("due_on")
        if start and due and due < start:
            self.add_error("due_on", "The line is due before it starts. Check the two dates.")
        return data


class SendLinkForm(forms.Form):
    name = forms.CharField(
        label="Their name", max_length=120, error_messages={"required": "Write their name."}
    )
    email = forms.EmailField(
        label="Their e-mail address",
        error_messages={
            "required": "Write their e-mail address.",
            "invalid": "Write a whole e-mail address, such as name@example.org.",
        },
    )
