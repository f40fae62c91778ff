from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms

from actionplans.plans.forms.fields import day, text
from actionplans.plans.models import Line, Plan
from actionplans.plans.queries.cells import split_items
from actionplans.plans.queries.reading import deadlines_in
from involvement.landlords.models import Subject
from structures.strategy.models import Objective, Priority


class LineForm(forms.Form):
    """What a line says. Names of people and groups are matched from the words."""

    number = forms.CharField(
        label="Number, as printed",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )
    title = text("What is to be done", 2)
    description = text("More about it", 3)
    owner_words = text(
        "Owner", 1, hint="Initials, a name, a role, a team or a group. Several with commas between."
    )
    deadline_words = text(
        "Deadline", 1, hint="In your own words: March 2027, Dec 2026 and annually, Ongoing."
    )
    monitor_words = text("Monitored by", 1, hint="The groups or people who watch that it is done.")
    targets = text("Targets and outcomes", 3, hint="One on each line.")
    measure = text("How we will know", 2, hint="A number, a survey, a record.")
    subject = forms.ModelChoiceField(
        Subject.objects.filter(archived_at__isnull=True).order_by("name", "pk"),
        label="Subject",
        required=False,
        empty_label="No subject",
    )
    objective = forms.ModelChoiceField(
        Objective.objects.order_by("strategy", "position", "pk"),
        label="Carries out the objective",
        required=False,
        empty_label="None",
    )
    priority = forms.ModelChoiceField(
        Priority.objects.order_by("strategy", "position", "pk"),
        label="Answers the residents’ priority",
        required=False,
        empty_label="None",
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, line: Line | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.line = line
        self.fields["form_key"].initial = uuid.uuid4()

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        if not title and (self.line is None or self.line.kind != Line.Kind.PART):
            raise forms.ValidationError("Write what is to be done.")
        return title

    def clean_targets(self) -> list[str]:
        return split_items(self.cleaned_data["targets"])


def line_values(line: Line, targets: Iterable[str]) -> dict[str, Any]:
    """A line as the form shows it."""
    names = [n for n in LineForm.base_fields if n not in {"targets", "form_key"}]
    return {name: getattr(line, name) for name in names} | {"targets": "\n".join(targets)}


class TargetForm(forms.Form):
    """One target or outcome of a line."""

    words = text(
        "What the line should bring about",
        2,
        required=True,
        error="Write what the line should bring about.",
    )
    value_words = forms.CharField(
        label="Number to reach",
        max_length=60,
        required=False,
        help_text="As you would say it: 20 shops, at least 60%, 79 to 80%.",
    )
    measure = text("How it is measured", 2, hint="A count, a survey, a record.")
    due_on = day("To be reached by")
    reached_on = day("Reached on")


class SplitForm(forms.Form):
    """The parts of a line: what each says, and when it is due."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.places = range(1, 1 + max(3, initial.get("parts", 0)))
        for at in self.places:
            self.fields[f"words_{at}"] = text(f"Part {at}", 2)
            self.fields[f"deadline_{at}"] = forms.CharField(
                label=f"Deadline of part {at}", required=False, max_length=200
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if sum(bool(data.get(f"words_{at}")) for at in self.places) < 2:
            raise forms.ValidationError("Write at least two parts, or leave the line whole.")
        for at in self.places:
            if data.get(f"deadline_{at}") and not data.get(f"words_{at}"):
                self.add_error(f"words_{at}", "Write what this part is.")
        return data

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Each part's words and deadline, as the operation takes them."""
        data = self.cleaned_data
        return [
            (data[f"words_{at}"], data[f"deadline_{at}"])
            for at in self.places
            if data[f"words_{at}"]
        ]


def split_values(line: Line, targets: Sequence[str]) -> dict[str, Any]:
    """A line's own paragraphs, or else its targets, and its deadlines, one to each part.

    The targets are what is split where there is one for each deadline, and not a paragraph.
    """
    deadlines = deadlines_in(line.deadline_words) or split_items(line.deadline_words)
    words = split_items(line.description)
    if len(targets) > 1 and (len(words) < 2 or len(targets) == len(deadlines) != len(words)):
        words = list(targets)
    values: dict[str, Any] = {"parts": max(len(words), len(deadlines)), "version": line.version}
    values |= {f"words_{at}": text for at, text in enumerate(words, start=1)}
    return values | {f"deadline_{at}": text for at, text in enumerate(deadlines, start=1)}


def lines_to_stand_under(plan: Plan) -> Any:
    """The lines of a plan that others can stand under, in their order."""
    return Line.objects.filter(plan=plan).exclude(kind=Line.Kind.PART).order_by("position", "pk")


class LineField(forms.ModelChoiceField):  # type: ignore[type-arg]  # takes no argument when it runs
    """Lines of one plan, set in by how deep they stand."""

    def label_from_instance(self, obj: Any) -> str:
        words = str(obj)
        short = words if len(words) <= 90 else f"{words[:88].rstrip()}…"
        return f"{'– ' * obj.depth}{short}"


class MoveForm(forms.Form):
    """Where a line is to stand; to begin with, where it stands now."""

    under = LineField(
        Line.objects.none(),
        label="Under",
        required=False,
        empty_label="Nothing: the outermost level",
    )
    after = LineField(
        Line.objects.none(),
        label="After",
        help_text="One of the lines that stand under the heading chosen above.",
        required=False,
        empty_label="Nothing: as the first there",
    )

    def __init__(self, data: Any = None, *, line: Line) -> None:
        before = (
            Line.objects.filter(plan=line.plan, parent=line.parent_id, position__lt=line.position)
            .order_by("-position", "-pk")
            .first()
        )
        after = before.pk if before else None
        super().__init__(data, initial={"under": line.parent_id, "after": after})
        for name in ("under", "after"):
            field = cast("forms.ModelChoiceField[Line]", self.fields[name])
            field.queryset = lines_to_stand_under(line.plan).exclude(pk=line.pk)


class LinkForm(forms.Form):
    """The other line, and how the two hang together."""

    other = forms.ModelChoiceField(
        Line.objects.none(),
        label="The other line",
        empty_label="Choose a line",
        error_messages={"required": "Choose the other line."},
    )
    kind = forms.ChoiceField(
        label="How they hang together",
        widget=forms.RadioSelect,
        choices=[
            ("SHARES", "One stands for the other: progress is noted once for both"),
            ("RELATES", "They hang together, each with its own progress"),
        ],
        initial="SHARES",
    )

    def __init__(self, data: Any = None, *, line: Line) -> None:
        super().__init__(data)
        field = cast("forms.ModelChoiceField[Line]", self.fields["other"])
        field.queryset = (
            Line.objects.exclude(pk=line.pk)
            .exclude(kind=Line.Kind.GROUP)
            .exclude(plan__state=Plan.State.ARCHIVED)
            .select_related("plan")
            .order_by("plan", "position", "pk")
        )
