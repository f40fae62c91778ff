"""The filters of the log, and what is done with chosen rows."""

from __future__ import annotations

from typing import Any, Final, cast

from django import forms

from actionplans.feedback.forms.fields import Named, WithLists, subjects
from actionplans.feedback.models import Feedback, SourceKind, Theme
from actionplans.feedback.queries import LogFilter, LogPage, open_themes, themes_over
from actionplans.feedback.queries.log import COUNTED, UNTHEMED
from involvement.accounts.models import StaffMember, Team
from involvement.calendars.words import count, say_date
from involvement.landlords.models import Place, Subject, Unit
from involvement.landlords.queries import as_tree

MOST_THEMES: Final = 200


class LogFilters(forms.Form):
    """GET, so that a colleague can be sent what one sees."""

    state = forms.ChoiceField(
        label="State", required=False, choices=[("", "Any"), *Feedback.State.choices]
    )
    source_kind = forms.ChoiceField(
        label="How", required=False, choices=[("", "Any way"), *SourceKind.choices]
    )
    subject = forms.ModelChoiceField(
        Subject.objects.order_by("position", "name", "pk"),
        label="About",
        required=False,
        empty_label="Anything",
    )
    place = forms.ModelChoiceField(
        Place.objects.order_by("name", "pk"),
        label="Where",
        required=False,
        empty_label="Anywhere",
    )
    unit = forms.ModelChoiceField(
        Unit.objects.order_by("position", "name", "pk"),
        label="Part of",
        required=False,
        empty_label="Any part",
    )
    theme = forms.ChoiceField(label="Theme", required=False)
    said_from = forms.DateField(
        label="Said from",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    said_to = forms.DateField(
        label="to",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    words = forms.CharField(label="Words", required=False, max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not Unit.objects.exists():
            del self.fields["unit"]
        theme = cast("forms.ChoiceField", self.fields["theme"])
        self._titles = {UNTHEMED: "In no theme"}
        theme.choices = [("", "Any or none"), *self._titles.items(), *self._themes()]
        subject = cast("forms.ModelChoiceField[Subject]", self.fields["subject"])
        tree = as_tree(subject.queryset or ())
        named = [(str(row.pk), "– " * depth + row.name) for depth, row in tree]
        subject.choices = [("", "Anything"), *named]

    def _themes(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The themes under what became of them: those that wait for a decision before the others."""
        waiting, over = list(open_themes()[:MOST_THEMES]), list(themes_over()[:MOST_THEMES])
        asked = str(self.data.get("theme", ""))
        if asked.isdecimal() and int(asked) not in {theme.pk for theme in [*waiting, *over]}:
            over += list(Theme.objects.filter(pk=int(asked)))
        groups = []
        for label, themes in (("Waiting for a decision", waiting), ("Decided or noted", over)):
            named = [(str(theme.pk), theme.title) for theme in themes]
            self._titles |= dict(named)
            groups += [(label, named)] if named else []
        return groups

    def narrowed(self) -> LogFilter:
        """The filter; whatever cannot be read narrows nothing."""
        self.is_valid()
        data = getattr(self, "cleaned_data", {})
        return LogFilter(
            state=data.get("state", ""),
            source_kind=data.get("source_kind", ""),
            subject=_key(data.get("subject")),
            place=_key(data.get("place")),
            unit=_key(data.get("unit")),
            theme=data.get("theme", ""),
            said_from=data.get("said_from"),
            said_to=data.get("said_to"),
            words=data.get("words", "").strip(),
        )

    def sentence(self, page: LogPage) -> str:
        """What is shown, in words: “41 pieces, open, about Repairs, said from 1 June 2026”."""
        data = getattr(self, "cleaned_data", {})
        number = (
            f"More than {COUNTED:,} pieces"
            if page.more_than_counted
            else count(page.count, "piece")
        )
        parts = [number]
        if data.get("state"):
            parts.append(Feedback.State(data["state"]).label.lower())
        if data.get("source_kind"):
            parts.append(f"by {SourceKind(data['source_kind']).label.lower()}")
        parts += [f"about {data['subject']}"] if data.get("subject") else []
        parts += [f"from {data[name]}" for name in ("place", "unit") if data.get(name)]
        if data.get("theme"):
            named = self._titles[data["theme"]]
            parts.append("in no theme" if data["theme"] == UNTHEMED else f"in “{named}”")
        if data.get("said_from"):
            parts.append(f"said from {say_date(data['said_from'])}")
        if data.get("said_to"):
            parts.append(f"said up to {say_date(data['said_to'])}")
        if data.get("words") and not page.words_too_common:
            parts.append(f"with the words “{data['words']}”")
        common = f" “{data['words']}” is too common to look for." if page.words_too_common else ""
        return ", ".join(parts) + "." + common


def _key(row: Any) -> int | None:
    return row.pk if row is not None else None


class NoteAndThank(forms.Form):
    """One reason for all that is chosen."""

    reason = forms.CharField(
        label="Why it needs no decision",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Whoever said it may read this. “Thank you. We have told the caretakers.”",
        error_messages={"required": "Write why it needs no decision."},
    )


class AboutTheme(WithLists):
    """A theme's own words, and who looks after it."""

    title = forms.CharField(
        label="Title, in plain words",
        max_length=120,
        error_messages={"required": "Give the theme a title in plain words."},
        help_text="For the desk and its letters: “Repairs messages that say when”.",
    )
    summary = forms.CharField(
        label="What they said, in a sentence or two",
        required=False,
        help_text="Printed under “You said” where nobody’s own words may be quoted.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    subject = Named(label="About", known=subjects, noun="subject")
    owner_staff = forms.ModelChoiceField(
        StaffMember.objects.filter(left_on__isnull=True).order_by("name", "pk"),
        label="Looked after by",
        required=False,
        empty_label="Nobody yet",
    )
    owner_team = forms.ModelChoiceField(
        Team.objects.filter(archived_at__isnull=True).order_by("name", "pk"),
        label="Team",
        required=False,
        empty_label="No team",
    )

    @classmethod
    def initial_of(cls, theme: Theme) -> dict[str, Any]:
        """The theme as the form shows it."""
        named = next((name for name, row in subjects().items() if row.pk == theme.subject_id), "")
        return {
            "title": theme.title,
            "summary": theme.summary,
            "subject": named,
            "owner_staff": theme.owner_staff_id,
            "owner_team": theme.owner_team_id,
        }


class IntoTheme(forms.Form):
    """An open theme that takes what is chosen."""

    theme = forms.ModelChoiceField(
        Theme.objects.none(),
        label="Put it into",
        empty_label="Choose a theme",
        error_messages={"required": "Choose a theme.", "invalid_choice": "Choose a theme."},
    )

    def __init__(self, *args: Any, without: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = cast("forms.ModelChoiceField[Any]", self.fields["theme"])
        decided = Theme.objects.filter(state__in=[Theme.State.OPEN, Theme.State.DECIDED])
        choice.queryset = decided.exclude(pk=without).order_by("title", "pk")
