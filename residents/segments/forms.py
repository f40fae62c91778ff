from __future__ import annotations

from typing import Any

from django import forms

from involvement.accounts.permissions import Permission
from involvement.accounts.queries import staff_who_may
from residents.people.models import Person
from residents.people.queries import people, same_name
from residents.segments import queries
from residents.segments.conditions import Condition
from residents.segments.models import HandPick, Match, Segment
from residents.segments.rules import Asked


class SegmentForm(forms.Form):
    """What a segment is called, for what, and how its groups are joined."""

    form_token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label="Name",
        max_length=80,
        help_text="“Leaseholders in Hamworthy”, “Not heard from for two years”",
        error_messages={"required": "Write the name of the segment."},
    )
    why = forms.CharField(label="What it is for", max_length=300, required=False)
    owner = forms.ModelChoiceField(
        staff_who_may(Permission.PEOPLE_READ),
        label="Who looks after it",
        required=False,
        empty_label="Nobody yet",
    )
    match = forms.ChoiceField(
        label="Somebody is in it who answers to",
        choices=[(Match.ALL, "every group of conditions"), (Match.ANY, "any group of conditions")],
        initial=Match.ALL,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, segment: Segment | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.segment = segment

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        others = Segment.objects.filter(name__iexact=name, archived_at__isnull=True)
        own = self.segment or queries.made_by_form(self.cleaned_data.get("form_token"))
        if others.exclude(pk=own.pk if own else None).exists():
            raise forms.ValidationError("There is a segment of this name already. Choose another.")
        return name


class ConditionForm(forms.Form):
    """The answer to one condition's question."""

    negated = forms.BooleanField(
        label="Turn it round: everybody of whom this is not so", required=False
    )

    def __init__(self, *args: Any, condition: Condition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.condition = condition
        field = condition.field()
        field.label = field.label or condition.label
        self.fields = {"answer": field, **self.fields}

    @property
    def asked(self) -> Asked:
        """The condition with its answer as it was sent."""
        several = isinstance(
            self.fields["answer"], (forms.MultipleChoiceField, forms.ModelMultipleChoiceField)
        )
        raw: Any = self.data.getlist("answer") if several else self.data.get("answer", "")  # type: ignore[attr-defined]  # a request's data
        return Asked(self.condition.key, raw, self.cleaned_data["negated"])


class PickForm(forms.Form):
    """Somebody to put in, or to leave out."""

    who = forms.CharField(
        label="Who",
        max_length=140,
        help_text="Their name, or the number on their page.",
        error_messages={"required": "Write their name or number."},
    )
    how = forms.ChoiceField(
        label="Do what",
        choices=[(HandPick.How.IN, "Put them in"), (HandPick.How.OUT, "Leave them out")],
        initial=HandPick.How.IN,
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label="Why",
        max_length=200,
        required=False,
        help_text="Needed to leave somebody out.",
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("how") == HandPick.How.OUT and not data.get("why", "").strip():
            self.add_error("why", "Write why they are left out.")
        if data.get("who"):
            data["person"] = self._meant(data["who"].strip())
        return data

    def _meant(self, words: str) -> Person | None:
        found = people().filter(pk=int(words)) if words.isdecimal() else same_name(words)
        several = list(found[:4])
        if len(several) == 1:
            return several[0]
        if several:
            numbers = "; ".join(f"{one.pk} ({one.place or 'no place'})" for one in several)
            self.add_error("who", f"Several people have this name. Write the number: {numbers}.")
        else:
            self.add_error(
                "who", f"Nobody is called “{words}”. Write the whole name or the number."
            )
        return None
