from __future__ import annotations

from typing import Any

from django import forms
from django.forms import formset_factory

from involvement.auditing.sent import Rows
from involvement.calendars.words import WEEKDAYS
from residents.preferences.models import EVERY_DAY, REACHABLE, Way
from residents.preferences.operations import WaySaid

MOST_WAYS = len(REACHABLE)
SPARE_ROWS = 2
PLACES = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")


def time_field(label: str) -> forms.TimeField:
    """An hour, typed or chosen; empty for any."""
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Write a time such as 18:30."},
    )


class WayForm(forms.Form):
    """One way, and when it suits."""

    channel = forms.ChoiceField(
        label="Way", choices=[("", "No further way"), *REACHABLE], required=False
    )
    days = forms.MultipleChoiceField(
        label="Days",
        choices=[(str(1 << number), name[:3]) for number, name in enumerate(WEEKDAYS)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    from_time = time_field("From")
    until_time = time_field("Until")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        begins, ends = data.get("from_time"), data.get("until_time")
        if begins and ends and begins >= ends:
            self.add_error("until_time", "The time it ends comes after the time it begins.")
        return data

    @property
    def said(self) -> WaySaid | None:
        """What was filled in, as it is kept; None for an empty row. No day ticked is every day."""
        data = self.cleaned_data
        if not data.get("channel"):
            return None
        days = sum(int(day) for day in data["days"]) or EVERY_DAY
        return WaySaid(data["channel"], days, data["from_time"], data["until_time"])


class WaysFormSet(Rows):
    """The ways in their order, one row for each place."""

    label = "Ways, in their order"

    @property
    def ways(self) -> list[WaySaid]:
        """The rows that are filled, in order."""
        return [said for form in self.forms if (said := form.said) is not None]

    @property
    def rows(self) -> list[tuple[str, Any]]:
        """Each row with the name of its place."""
        return list(zip(PLACES, self.forms, strict=False))


def ways_formset(ways: list[Way], preferred: str, data: Any = None) -> Any:
    """The rows to show for what holds now, with two to spare."""
    begun: list[dict[str, Any]] = [
        {
            "channel": way.channel,
            "days": [] if way.days == EVERY_DAY else [str(1 << day) for day in way.weekdays],
            "from_time": way.from_time,
            "until_time": way.until_time,
        }
        for way in ways
    ]
    if preferred not in {way.channel for way in ways}:
        begun.insert(0, {"channel": preferred})
    spare = min(SPARE_ROWS, MOST_WAYS - len(begun))
    kind: Any = formset_factory(
        WayForm, formset=WaysFormSet, extra=spare, max_num=MOST_WAYS, absolute_max=MOST_WAYS
    )
    return kind(data, initial=begun, prefix="way")
