from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from involvement.landlords.languages import LANGUAGES
from involvement.landlords.models import Landlord
from residents.preferences.forms.told import ToldForm
from residents.preferences.models import FORMATS, SUPPORT, Need, language_name
from residents.preferences.operations import NeedSaid

TICKED = [kind for kind in SUPPORT if kind not in {Need.Kind.INTERPRETER, Need.Kind.OTHER}]


def choices_of(kinds: Iterable[Need.Kind]) -> list[tuple[str, str]]:
    """Kinds to tick, each with a capital."""
    return [(kind.value, str(kind.label)[0].upper() + str(kind.label)[1:]) for kind in kinds]


def language_tag(words: str) -> str:
    """The tag of a language by its name; the words themselves where we have none."""
    by_name = {name.lower(): tag for tag, name in LANGUAGES.items()}
    return by_name.get(words.strip().lower(), words.strip())


def languages_first(landlord: Landlord) -> list[str]:
    """Names of languages to suggest, those the landlord writes in first."""
    own = [tag for tag in landlord.languages if tag in LANGUAGES]
    return [LANGUAGES[tag] for tag in [*own, *(tag for tag in LANGUAGES if tag not in own)]]


class NeedsForm(ToldForm):
    """Everything somebody needs, on one form."""

    formats = forms.MultipleChoiceField(
        label="What they read or hear",
        choices=choices_of(FORMATS),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Every letter and document made for them is made so from now on.",
    )
    language = forms.CharField(
        label="Language, if not the usual one",
        max_length=40,
        required=False,
        help_text="Begin to write, or write any other.",
        widget=forms.TextInput(attrs={"list": "known-languages", "autocomplete": "off"}),
    )
    support = forms.MultipleChoiceField(
        label="What they need to come and take part",
        choices=choices_of(TICKED),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Shown to whoever books them in.",
    )
    interpreter = forms.CharField(
        label="An interpreter, for which language",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"list": "known-languages", "autocomplete": "off"}),
    )
    other = forms.CharField(label="Something else, in words", max_length=300, required=False)

    @classmethod
    def starting_with(cls, needs: Iterable[Need]) -> dict[str, Any]:
        """What the form begins with, from what holds now."""
        begun: dict[str, Any] = {"formats": [], "support": []}
        for need in needs:
            if need.kind == Need.Kind.LANGUAGE:
                begun["language"] = language_name(need.language)
            elif need.kind == Need.Kind.INTERPRETER:
                begun["interpreter"] = language_name(need.language)
            elif need.kind == Need.Kind.OTHER:
                begun["other"] = need.words
            else:
                begun["formats" if need.kind in FORMATS else "support"].append(need.kind)
        return begun

    @property
    def needs(self) -> list[NeedSaid]:
        """What was filled in, as it is kept."""
        data = self.cleaned_data
        found = [NeedSaid(kind) for kind in [*data["formats"], *data["support"]]]
        if data["language"]:
            found.append(NeedSaid(Need.Kind.LANGUAGE, language_tag(data["language"])))
        if data["interpreter"]:
            found.append(NeedSaid(Need.Kind.INTERPRETER, language_tag(data["interpreter"])))
        if data["other"].strip():
            found.append(NeedSaid(Need.Kind.OTHER, words=data["other"].strip()))
        return found
