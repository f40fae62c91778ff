"""Changing one piece of feedback."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from actionplans.feedback.forms.fields import (
    Named,
    WithLists,
    person_label,
    places,
    subjects,
    who_is_meant,
)
from actionplans.feedback.models import LONGEST_WORDS, Feedback
from involvement.accounts.models import Team
from involvement.landlords.models import Unit
from residents.people.queries import Contact


class Correction(forms.Form):
    """The words as they should have been written down."""

    words = forms.CharField(
        label="Their words",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Only slips of the pen. What was first written down is kept beside it.",
        error_messages={"required": "Write what was said."},
    )


class About(WithLists):
    """Who said it, what it is about, where, and who looks after it."""

    who = forms.CharField(
        label="Who said it",
        max_length=140,
        required=False,
        help_text="A person, a group, or nothing where nobody gave a name.",
    )
    subject = Named(label="About", known=subjects, noun="subject")
    place = Named(label="Where", known=places, noun="place")
    unit = forms.ModelChoiceField(
        Unit.objects.order_by("position", "name", "pk"),
        label="Part of",
        required=False,
        empty_label="The whole landlord",
    )
    team = forms.ModelChoiceField(
        Team.objects.filter(archived_at__isnull=True).order_by("name", "pk"),
        label="Looked after by",
        required=False,
        empty_label="No team",
    )
    quote_permission = forms.BooleanField(label="They may be quoted", required=False)
    wants_reply = forms.BooleanField(label="They want a reply", required=False)

    @classmethod
    def initial_of(cls, feedback: Feedback) -> dict[str, Any]:
        """The row as the form shows it."""
        who = feedback.body.name if feedback.body else feedback.speaker_words
        return {
            "who": person_label(feedback.person) if feedback.person else who,
            "subject": _label(subjects(), feedback.subject_id),
            "place": _label(places(), feedback.place_id),
            "unit": feedback.unit_id,
            "team": feedback.team_id,
            "quote_permission": feedback.quote_permission,
            "wants_reply": feedback.wants_reply,
        }

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        words = data.get("who", "").strip()
        data["speaker"] = None
        if words:
            try:
                data["speaker"] = who_is_meant(words, contact=Contact())
            except ValidationError as error:
                self.add_error("who", error)
        if data.get("wants_reply") and data["speaker"] is None and not self.has_error("who"):
            self.add_error(
                "wants_reply",
                "To reply we need to know whom. Name somebody who is among the people or groups, "
                "or take this tick off.",
            )
        return data

    @property
    def about(self) -> dict[str, Any]:
        """What `operations.change_about` is given."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "who"}
        return {**data, "speaker_words": self.cleaned_data["who"]}


def _label(rows: dict[str, Any], key: int | None) -> str:
    return next((name for name, row in rows.items() if row.pk == key), "")
