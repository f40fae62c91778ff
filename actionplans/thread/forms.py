from __future__ import annotations

from collections.abc import Sequence

from django import forms

from actionplans.thread.queries import KINDS
from involvement.accounts.models import Team


class BreakFilters(forms.Form):
    """GET, so that a colleague can be sent what one sees."""

    kind = forms.ChoiceField(
        label="Broken at", required=False, choices=[("", "Anywhere"), *KINDS.items()]
    )
    team = forms.ChoiceField(label="Team", required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        teams = Team.objects.filter(archived_at__isnull=True).order_by("name", "pk")
        self.team_choices = [
            ("", "Any team"),
            ("none", "No team yet"),
            *((str(team.pk), team.name) for team in teams),
        ]
        self.fields["team"] = forms.ChoiceField(
            label="Team", required=False, choices=self.team_choices
        )


class GiveForm(forms.Form):
    team = forms.ModelChoiceField(
        Team.objects.filter(archived_at__isnull=True).order_by("name", "pk"),
        error_messages={"required": "Choose the team.", "invalid_choice": "Choose the team."},
    )


def read_chosen(values: Sequence[str]) -> list[tuple[str, int]]:
    """Ticks as sent, "NO_DECISION:41", read; what is no tick is passed over."""
    found = []
    for value in dict.fromkeys(values):
        kind, _, key = value.partition(":")
        if kind in KINDS and key.isdecimal() and len(key) < 19:
            found.append((kind, int(key)))
    return found
