"""Draws questions and reads what was given: one question a page, or a whole card."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django import forms

from involvement.questionnaires.answers import (
    MOST_WORDS,
    Given,
    faults,
    read_partial_date,
)
from involvement.questionnaires.definition import Kind, Option, Question

LONG_LIST: Final = 7
DATE_HINT: Final = "As much as you know: 1962, May 1962 or 3 May 1962."
DATE_FAULT: Final = "Write a date such as 1962, May 1962 or 3 May 1962."


class AnswersForm(forms.Form):
    """Some questions of a definition, none of which needs an answer unless it says so.

    `compact` is for the desk, where a card is keyed in: long lists fold into one line. `group`
    narrows one question to the options of a broad answer. `given()` is what was answered.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        questions: Iterable[Question],
        compact: bool = False,
        broad: bool = False,
        group: str = "",
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.questions = tuple(questions)
        self.broad, self.group = broad, group
        for question in self.questions:
            self._add(question, compact=compact)

    def _add(self, question: Question, *, compact: bool) -> None:
        shown = self._options(question)
        self.fields[question.code] = _field(question, shown, compact=compact)
        if any(option.own_words for option in shown):
            self.fields[f"{question.code}__words"] = forms.CharField(
                label="In your own words, if you wish" if not compact else "In their own words",
                required=False,
                max_length=MOST_WORDS,
            )

    def _options(self, question: Question) -> tuple[Option, ...]:
        if not question.groups:
            return question.options
        if self.broad:
            whole = tuple(Option(one.code, one.label) for one in question.groups)
            return whole + question.in_group("")
        return question.in_group(self.group) if self.group else question.options

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for question in self.questions:
            if question.code in self.errors:
                continue
            for sentence in faults(question, self._given(question, data)):
                self.add_error(question.code, sentence)
        return data

    def given(self) -> dict[str, Given]:
        """What was answered; questions passed over are left out."""
        found = {one.code: self._given(one, self.cleaned_data) for one in self.questions}
        return {code: answer for code, answer in found.items() if answer}

    @staticmethod
    def _given(question: Question, data: dict[str, Any]) -> Given:
        value = data.get(question.code) or ""
        words = str(data.get(f"{question.code}__words") or "").strip()
        if question.kind is Kind.SEVERAL:
            return Given(options=tuple(value or ()), words=words)
        if question.kind is Kind.ONE:
            return Given(options=(value,) if value else (), words=words)
        if question.kind is Kind.DATE:
            return Given(date=read_partial_date(value)) if value else Given()
        return Given(words=str(value).strip())


class PartialDateField(forms.CharField):
    """A date, or as much of one as is known."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and read_partial_date(str(value)) is None:
            raise forms.ValidationError(DATE_FAULT)


def _field(question: Question, shown: tuple[Option, ...], *, compact: bool) -> forms.Field:
    about: dict[str, Any] = {
        "label": question.text,
        "help_text": question.hint,
        "required": False,
    }
    if question.kind is Kind.WORDS:
        box = forms.Textarea(attrs={"rows": 3})
        return forms.CharField(**about, max_length=MOST_WORDS, widget=box)
    if question.kind is Kind.DATE:
        return PartialDateField(**{**about, "help_text": question.hint or DATE_HINT}, max_length=40)
    choices = _grouped(question, shown)
    wrong = {"invalid_choice": "Choose one of the answers shown."}
    if question.kind is Kind.SEVERAL:
        boxes = forms.CheckboxSelectMultiple()
        return forms.MultipleChoiceField(
            **about, choices=choices, widget=boxes, error_messages=wrong
        )
    if compact and len(shown) > LONG_LIST:
        folded = [("", "Left empty on the card"), *choices]
        return forms.ChoiceField(**about, choices=folded, error_messages=wrong)
    flat = [(option.code, option.label) for option in shown]
    return forms.ChoiceField(
        **about, choices=flat, widget=forms.RadioSelect(), error_messages=wrong
    )


def _grouped(question: Question, shown: tuple[Option, ...]) -> list[Any]:
    """Choices under the headings of their groups, in the order of the options."""
    if not any(option.group for option in shown):
        return [(option.code, option.label) for option in shown]
    found: list[Any] = []
    for group in question.groups:
        inside = [(one.code, one.label) for one in shown if one.group == group.code]
        if inside:
            found.append((group.label, inside))
    return found + [(one.code, one.label) for one in shown if not one.group]
