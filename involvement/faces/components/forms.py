"""Fields with their label, hint and error, and the summary of what there is to put right."""

from __future__ import annotations

from typing import Any, Final

from django import forms, template
from django.forms import BoundField
from django.forms.widgets import CheckboxInput, ClearableFileInput, Select, Textarea
from django.utils.safestring import SafeString

from involvement.faces.components.draw import draw
from involvement.faces.words import spelled

register = template.Library()

_CLASSES: Final[list[tuple[type[forms.Widget], str]]] = [
    (Textarea, "govuk-textarea"),
    (ClearableFileInput, "govuk-file-upload"),
    (Select, "govuk-select"),
]


@register.simple_tag
def field(bound: BoundField, size: str = "") -> SafeString:
    """A field with label, hint and error: `{% field form.name %}`.

    `size="l"` or `"xl"` makes the label a heading of that size, `"xl"` the one question of a page.
    """
    widget = bound.field.widget
    choices = _choices_kind(widget)
    error_id, hint_id = f"{bound.auto_id}_error", f"{bound.auto_id}_hint"
    described = " ".join(
        [*([hint_id] if bound.help_text else []), *([error_id] if bound.errors else [])]
    )
    return draw(
        "field",
        field=bound,
        choices=choices,
        input_type="checkbox" if choices == "checkboxes" else "radio",
        single_box=isinstance(widget, CheckboxInput),
        hidden=bound.is_hidden,
        together=getattr(widget, "use_fieldset", False),
        size=size,
        error_id=error_id,
        hint_id=hint_id,
        described=described,
        control="" if choices else _control(bound, described),
    )


@register.simple_tag
def error_summary(*forms_shown: forms.BaseForm) -> SafeString:
    """What there is to put right in these forms, each linked to its field; nothing where all is well."""
    rows = [row for form in forms_shown if form.is_bound for row in _rows(form)]
    count = len(rows)
    title = counted_things(count)
    return draw("error_summary", rows=rows, title=title)


def counted_things(count: int) -> str:
    """The title of the summary: "One thing to put right", "Three things to put right"."""
    return f"{spelled(count).capitalize()} {'thing' if count == 1 else 'things'} to put right"


@register.simple_tag
def errors_title(form: forms.BaseForm) -> str:
    """The same title for a form that crispy draws."""
    return counted_things(sum(len(errors) for errors in form.errors.values()))


def _rows(form: forms.BaseForm) -> list[dict[str, str]]:
    whole = [{"words": str(error), "link": ""} for error in form.non_field_errors()]
    return whole + [
        {"words": str(error), "link": f"#{_first_control(bound)}"}
        for bound in form
        for error in bound.errors
    ]


def _first_control(bound: BoundField) -> str:
    # A group of options has no control of its own: its first option takes the focus
    return f"{bound.auto_id}_0" if _choices_kind(bound.field.widget) else str(bound.id_for_label)


def _choices_kind(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checkboxes"
    return "radios" if isinstance(widget, forms.RadioSelect) else ""


def _control(bound: BoundField, described: str) -> SafeString:
    widget = bound.field.widget
    if isinstance(widget, CheckboxInput):
        css = "govuk-checkboxes__input"
    else:
        css = next((name for kind, name in _CLASSES if isinstance(widget, kind)), "govuk-input")
        if bound.errors:
            css += f" {css}--error"
    attributes: dict[str, Any] = {
        "class": f"{css} {widget.attrs.get('class', '')}".strip(),
        # A browser would cut a pasted number without a word, and the check would find it well
        "maxlength": False,
    }
    if (
        widget.attrs.get("rows") == "10"
    ):  # Django's own; half of it asks for a sentence, not a letter
        attributes["rows"] = "5"
    if described:
        attributes["aria-describedby"] = described
    return bound.as_widget(attrs=attributes)
