"""What somebody would like: subjects, ways of taking part, time and level."""

from __future__ import annotations

from typing import Any

from django import forms

from involvement.landlords.models import Level, Subject
from residents.interests import queries
from residents.interests.models import Method
from residents.interests.models.wishes import Per
from residents.interests.queries import Wishes
from residents.preferences.forms.told import ToldForm

MINUTES, HOURS = "MINUTES", "HOURS"
MOST_MINUTES = 60_000


class Ticks(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # takes no argument when it runs
    """Rows to tick. What is offered is asked for once, by the form."""

    def __init__(self, model: type[Any], **kwargs: Any) -> None:
        super().__init__(
            queryset=model.objects.none(),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": "One of these is no longer offered. Choose again."},
            **kwargs,
        )

    def offer(self, rows: Any, choices: list[tuple[int, str]]) -> None:
        """Offer these rows under these words."""
        self.queryset = rows
        self.choices = choices


class WishesForm(forms.Form):
    """What somebody would like, to tick."""

    subjects = Ticks(Subject, label="What interests them")
    methods = Ticks(Method, label="How they would like to take part")
    amount = forms.IntegerField(
        label="Time they can give",
        required=False,
        min_value=1,
        max_value=MOST_MINUTES,
        error_messages={"invalid": "Write a whole number, such as 2."},
    )
    unit = forms.ChoiceField(
        label="In", choices=[(HOURS, "hours"), (MINUTES, "minutes")], initial=HOURS, required=False
    )
    per = forms.ChoiceField(
        label="In every",
        choices=[(Per.MONTH, "month"), (Per.YEAR, "year")],
        initial=Per.MONTH,
        required=False,
    )
    level = forms.ModelChoiceField(
        Level.objects.none(), label="Level they would like", required=False, empty_label="Not said"
    )

    # How deep the tree of subjects is offered; all of it unless a form says less
    deepest = 9

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tree = [(depth, row) for depth, row in queries.subjects() if depth <= self.deepest]
        subjects: Any = self.fields["subjects"]
        subjects.offer(
            Subject.objects.filter(archived_at__isnull=True),
            [(row.pk, f"{'– ' * depth}{row.name}") for depth, row in tree],
        )
        methods: Any = self.fields["methods"]
        offered = queries.methods()
        methods.offer(offered, [(row.pk, row.name) for row in offered])
        level: Any = self.fields["level"]
        level.queryset = Level.objects.order_by("position", "name", "pk")
        if not level.queryset.exists():
            del self.fields["level"]
        if not tree:
            del self.fields["subjects"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        amount = data.get("amount")
        data["minutes"] = amount * (60 if data.get("unit") != MINUTES else 1) if amount else None
        if data["minutes"] and data["minutes"] > MOST_MINUTES:
            self.add_error("amount", "This is more time than there is. Write fewer hours.")
        return data

    @property
    def wishes(self) -> Wishes:
        """What was filled in, as it is kept."""
        data = self.cleaned_data
        return Wishes(
            subjects=tuple(data.get("subjects") or ()),
            methods=tuple(data.get("methods") or ()),
            minutes=data["minutes"],
            per=data.get("per") or Per.MONTH,
            level=data.get("level"),
        )

    @staticmethod
    def begun_with(wishes: Wishes) -> dict[str, Any]:
        """What the form begins with, from what holds now."""
        minutes = wishes.minutes
        hours, over = divmod(minutes or 0, 60)
        return {
            "subjects": [row.pk for row in wishes.subjects],
            "methods": [row.pk for row in wishes.methods],
            "amount": (hours if not over else minutes) if minutes else None,
            "unit": MINUTES if over else HOURS,
            "per": wishes.per,
            "level": wishes.level,
        }


class PersonWishesForm(ToldForm, WishesForm):
    """All that one person would like, and how we know."""


class OnceForm(ToldForm):
    """The way somebody chose for one contact."""

    method = forms.ModelChoiceField(
        Method.objects.none(),
        label="The way they chose this once",
        empty_label="Choose a way",
        error_messages={"required": "Choose the way they would like this once."},
    )
    about = forms.CharField(
        label="For what",
        max_length=200,
        help_text="“Autumn forum”, “Survey about repairs”",
        error_messages={"required": "Say which contact this is for."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        method: Any = self.fields["method"]
        method.queryset = queries.methods()
