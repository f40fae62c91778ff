"""What a form sends of each of its fields: left alone, and as it was filled in.

A set of forms is one field here, named ROWS: its rows have no names, only an order, so a change to
one of them changes the whole.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django import forms
from django.forms import BaseFormSet, BoundField
from django.http import QueryDict

from involvement.auditing.operations import in_words as as_said

ROWS: Final = "rows"


class Rows(BaseFormSet):  # type: ignore[type-arg]  # takes no argument when it runs
    """A set of forms that is one field; `label` is what a page calls it."""

    label: str


def standing(form: Any) -> dict[str, Any]:
    """What would be sent if nothing was touched, field by field, from a form without data."""
    if isinstance(form, Rows):
        return {ROWS: _filled(form, [_row(each, _left_alone) for each in form.forms])}
    return {bound.name: _left_alone(bound) for bound in _shown(form)}


def typed(form: Any) -> dict[str, Any]:
    """What was sent, field by field, whether or not it makes sense."""
    if isinstance(form, Rows):
        return {ROWS: _filled(form, [_row(each, _filled_in) for each in form.forms])}
    return {bound.name: _filled_in(bound) for bound in _shown(form)}


def beside(form: Any, name: str) -> str:
    """How a page names something it sends with the form, where it has several forms."""
    return f"{form.prefix}-{name}" if form.prefix else name


def label(form: Any, name: str) -> str:
    """What a page calls the field."""
    return str(form.label if isinstance(form, Rows) else form[name].label)


def in_words(form: Any, name: str, value: Any) -> str:
    """What was sent as a person reads it: options by their label, days by their month."""
    if not isinstance(form, Rows):
        return _said(form.fields[name], value)
    rows = [
        [_said(field, row[at]) for at, field in enumerate(form.empty_form.fields.values())]
        for row in value
    ]
    return "\n".join(", ".join(filter(None, row)) for row in rows)


def put(data: QueryDict, form: Any, name: str, value: Any) -> None:
    """Make `data` say of a field what a form without data shows of it."""
    if not isinstance(form, Rows):
        _put(data, form[name], value)
        return
    for field, count in form.management_form.initial.items():
        data[form.management_form.add_prefix(field)] = str(count)
    for each in form.forms:
        for bound in _shown(each):
            _put(data, bound, _left_alone(bound))


def is_wrong(form: Any) -> bool:
    """Whether something in it cannot be kept as it is."""
    return bool(form.total_error_count() if isinstance(form, Rows) else form.errors)


def refuse(form: Any, sentence: str) -> None:
    """Let a form that is in order not be kept all the same."""
    if isinstance(form, Rows):
        form.non_form_errors().append(sentence)
    else:
        form.add_error(None, sentence)


def _shown(form: Any) -> list[BoundField]:
    """The fields somebody sees and can change; a password that is there is never shown."""
    return [
        bound
        for bound in form
        if not bound.is_hidden
        and not bound.field.disabled
        and not isinstance(bound.field.widget, (forms.FileInput, forms.PasswordInput))
    ]


def _row(form: Any, how: Any) -> list[Any]:
    return [how(bound) for bound in _shown(form)]


def _filled(form: Any, rows: list[list[Any]]) -> list[list[Any]]:
    empty = _row(form.empty_form, _left_alone)
    return [row for row in rows if row != empty]


def _left_alone(bound: BoundField) -> Any:
    return _plain(bound.field.widget, bound.value())


def _filled_in(bound: BoundField) -> Any:
    return _plain(bound.field.widget, bound.data)


def _plain(widget: forms.Widget, value: Any) -> Any:
    """A value as it compares: browsers send other line ends than they were given."""
    if isinstance(widget, forms.CheckboxInput):
        return bool(widget.check_test(value))
    if getattr(widget, "allow_multiple_selected", False):
        return sorted(str(one) for one in value or ())
    said = widget.format_value(value)
    if isinstance(said, (list, tuple)):
        said = next(iter(said), "")
    return "\n".join(str(said or "").strip().splitlines())


def _put(data: QueryDict, bound: BoundField, value: Any) -> None:
    if isinstance(value, bool):
        data.setlist(bound.html_name, ["on"] if value else [])
        if not value:
            del data[bound.html_name]
    else:
        data.setlist(bound.html_name, value if isinstance(value, list) else [value])


def _said(field: Any, value: Any) -> str:
    if isinstance(value, bool):
        return as_said(value)
    choices = _flat(field.choices) if hasattr(field, "choices") else {}
    if isinstance(value, list):
        return as_said([choices.get(one, one) for one in value])
    if choices or not value:
        return str(choices.get(value, value))
    try:
        kept = field.clean(value)
    except forms.ValidationError:
        return str(value)
    if isinstance(kept, (dt.date, dt.time)):
        return as_said(kept)
    return str(_plain(field.widget, field.prepare_value(kept)))


def _flat(choices: Any) -> dict[str, str]:
    """Every option by what it sends, out of its group."""
    found: dict[str, str] = {}
    for key, label in choices:
        if isinstance(label, (list, tuple)):
            found |= _flat(label)
        else:
            found[str(key)] = str(label)
    return found
