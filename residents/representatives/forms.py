from __future__ import annotations

from typing import Any

from django import forms

from residents.people.models import Person
from residents.people.queries import people, same_name
from residents.representatives.models import SCOPE, Authority


def _a_day(label: str, *, missing: str = "", hint: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=bool(missing),
        help_text=hint,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "invalid": "Write a day that exists, such as 2026-06-11.",
            "required": missing,
        },
    )


class AuthorityForm(forms.Form):
    """As what, with leave to do what, on which evidence, from when until when."""

    kind = forms.ChoiceField(label="As", choices=Authority.Kind.choices)
    may = forms.MultipleChoiceField(
        label="They may",
        choices=SCOPE,
        widget=forms.CheckboxSelectMultiple,
        initial=["may_speak", "may_be_told"],
        error_messages={"required": "Tick at least one thing they may do."},
    )
    evidence = forms.ChoiceField(label="Evidence seen", choices=Authority.Evidence.choices)
    evidence_seen_on = _a_day("Seen on")
    began_on = _a_day("From", missing="Say from which day.")
    ends_on = _a_day(
        "Until", hint="It ends by itself after this day. Empty: until somebody ends it."
    )
    note = forms.CharField(label="Note", max_length=300, required=False)

    @property
    def values(self) -> dict[str, Any]:
        """The fields of an authority."""
        data = dict(self.cleaned_data)
        data.pop("who", None)
        ticked = set(data.pop("may"))
        return {**data, **{name: name in ticked for name, _ in SCOPE}}

    @staticmethod
    def begun_with(authority: Authority) -> dict[str, Any]:
        """What the form shows of one that is there."""
        fields = ("kind", "evidence", "evidence_seen_on", "began_on", "ends_on", "note")
        shown = {name: getattr(authority, name) for name in fields}
        return {**shown, "may": [name for name, _ in SCOPE if getattr(authority, name)]}


class NewAuthorityForm(AuthorityForm):
    """The same, and who it is."""

    who = forms.CharField(
        label="Who acts for them",
        max_length=140,
        help_text="Their name, or the number on their page. Somebody new is added to the people first.",
        error_messages={"required": "Write their name or number."},
    )
    field_order = ("who",)

    def clean_who(self) -> str:
        words: str = self.cleaned_data["who"].strip()
        found = people().filter(pk=int(words)) if words.isdecimal() else same_name(words)
        several = list(found[:4])
        if len(several) > 1:
            numbers = "; ".join(f"{one.pk} ({one.place or 'no place'})" for one in several)
            raise forms.ValidationError(
                f"Several people have this name. Write the number: {numbers}."
            )
        if not several:
            raise forms.ValidationError(
                f"Nobody is called “{words}”. Add them to the people first."
            )
        self.representative: Person = several[0]
        return words


class EndForm(forms.Form):
    """Why it ended."""

    why = forms.CharField(
        label="Why it ended",
        max_length=200,
        error_messages={"required": "Write why it ended."},
    )
