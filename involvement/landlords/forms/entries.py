"""Forms of what a landlord lists: units, places, subjects, levels, terms and words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models

from involvement.landlords.models import GlossaryTerm, Level, Place, Subject, Unit, Word
from involvement.landlords.queries import as_tree


class OwnedForm(forms.ModelForm):  # type: ignore[type-arg]  # takes no argument when it runs
    """A form of a row a landlord owns: it checks the landlord's own rules of uniqueness too."""

    # Fields the form does not show that its rules of uniqueness read
    also_checked = frozenset({"landlord"})

    def _get_validation_exclusions(self) -> set[str]:
        shown_nowhere: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # Django's hook, unknown to its stubs
        return shown_nowhere - self.also_checked


class TreeChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # takes no argument when it runs
    """A choice of what something lies in, drawn as a tree."""

    def __init__(self, model: type[models.Model], **kwargs: Any) -> None:
        super().__init__(queryset=model._default_manager.none(), required=False, **kwargs)
        self.model = model

    def offer(self, without: models.Model | None) -> None:
        """Offer what is open now, but for the row itself."""
        manager: Any = self.model._default_manager
        rows = manager.filter(archived_at__isnull=True).order_by("name", "pk")
        if without is not None and without.pk:
            rows = rows.exclude(pk=without.pk)
        self.queryset = rows
        empty = [("", self.empty_label or "")]
        self.choices = empty + [(row.pk, "– " * depth + str(row)) for depth, row in as_tree(rows)]


class UnitForm(OwnedForm):
    class Meta:
        model = Unit
        fields = ["name", "short_name", "contact_name", "contact_phone", "contact_email"]
        labels = {
            "name": "Name of the unit",
            "short_name": "Short name, for tight places",
            "contact_name": "Whom residents ask for",
            "contact_phone": "Telephone",
            "contact_email": "E-mail address",
        }
        error_messages = {"name": {"required": "Write the name of the unit."}}


class PlaceForm(OwnedForm):
    parent = TreeChoice(Place, label="Lies in", empty_label="Nothing: it stands by itself")

    class Meta:
        model = Place
        fields = ["name", "kind", "parent", "unit"]
        labels = {"name": "Name of the place", "kind": "What it is", "unit": "Looked after by"}
        error_messages = {"name": {"required": "Write the name of the place."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].offer(self.instance)  # type: ignore[attr-defined]  # it is a TreeChoice
        unit: Any = self.fields["unit"]
        unit.queryset = Unit.objects.filter(archived_at__isnull=True).order_by("name", "pk")
        unit.empty_label = "No unit, or all of them"


class SubjectForm(OwnedForm):
    parent = TreeChoice(Subject, label="Belongs to", empty_label="Nothing: it is a heading")

    class Meta:
        model = Subject
        fields = ["name", "parent", "position"]
        labels = {"name": "Name of the subject", "position": "Place in the order"}
        help_texts = {"position": "0 stands first. Those with the same number stand by name."}
        error_messages = {"name": {"required": "Write the name of the subject."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].offer(self.instance)  # type: ignore[attr-defined]  # it is a TreeChoice


class LevelForm(OwnedForm):
    class Meta:
        model = Level
        fields = ["name", "meaning", "position"]
        labels = {
            "name": "Name of the level",
            "meaning": "What residents can expect at this level",
            "position": "Place in the order",
        }
        help_texts = {"position": "0 is the lowest rung or the first step."}
        error_messages = {"name": {"required": "Write the name of the level."}}
        widgets = {"meaning": forms.Textarea(attrs={"rows": 3})}


class TermForm(OwnedForm):
    class Meta:
        model = GlossaryTerm
        fields = ["term", "meaning"]
        labels = {"term": "Term or initials", "meaning": "What it means, in plain words"}
        error_messages = {
            "term": {"required": "Write the term or the initials."},
            "meaning": {"required": "Say what it means."},
        }


class WordForm(forms.Form):
    """The landlord's word for one of ours. Both empty: ours is used."""

    singular = forms.CharField(label="For one", max_length=60, required=False)
    plural = forms.CharField(label="For several", max_length=60, required=False)

    def __init__(self, *args: Any, word: Word, **kwargs: Any) -> None:
        singular, plural = (word.singular, word.plural) if word.pk else ("", "")
        kwargs["initial"] = {"singular": singular, "plural": plural}
        super().__init__(*args, **{**kwargs, "prefix": word.meaning})
        self.word = word
        ours = Word.Meaning(word.meaning).label
        self.fields["singular"].label = f"Your word for “{ours}”"
        self.fields["plural"].label = "Of several"
        for name in ("singular", "plural"):
            self.fields[name].widget.attrs["class"] = "govuk-input--width-20"

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if bool(given.get("singular")) != bool(given.get("plural")):
            raise forms.ValidationError(
                f"“{Word.Meaning(self.word.meaning).label}”: write your word for one and for "
                "several, or leave both empty."
            )
        return given
