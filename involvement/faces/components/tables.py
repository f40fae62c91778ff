"""Tables, the filters above them, the paging below them and the edit row between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.template.context import Context
from django.utils.safestring import SafeString

from involvement.faces.components.draw import draw
from involvement.faces.sorting import Sorting

register = template.Library()


@register.simple_block_tag
def table(
    content: str,
    caption: str,
    columns: str | Sequence[tuple[str, str]],
    *,
    classes: str = "",
    caption_shown: bool = False,
    sorting: Sorting | None = None,
) -> SafeString:
    """A table that stacks on a phone: the content is its rows (`<tr>`, or whole `<tbody>` groups).

    `columns` are the heads between bars: "Who and how|About|>Days|~Do". ">" puts a column of
    figures to the right, "~" says a head to screen readers only. Cells carry `data-label` with
    the head, for the stacked form. With `sorting` the heads it knows sort the rows by a press.
    Heads in the landlord's words, which may hold any sign, come as pairs with their classes.
    """
    heads = [
        {**head, "sorts": sorting.head(head["words"]) if sorting else None}
        for head in _heads(columns)
    ]
    return draw(
        "table",
        content=content,
        caption=caption,
        caption_shown=caption_shown,
        heads=heads,
        classes=classes,
        grouped="<tbody" in content,
    )


def _heads(columns: str | Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    if not isinstance(columns, str):
        return [{"words": words, "classes": classes, "hidden": False} for words, classes in columns]
    return [
        {
            "words": head.lstrip(">~"),
            "classes": "figures" if head.startswith(">") else "",
            "hidden": head.startswith("~"),
        }
        for head in columns.split("|")
    ]


@register.simple_tag
def filters(
    form: forms.Form,
    submit: str = "Show",
    sentence: str = "",
    clear_url: str = "",
    label: str = "Filter the list",
) -> SafeString:
    """The filters of a list from a GET form: set ones have a thick edge, the sentence repeats them in words."""
    fields = [
        {"field": field, "set": field.value() not in (None, "", False, [], field.field.initial)}
        for field in form.visible_fields()
    ]
    return draw(
        "filters",
        fields=fields,
        hidden=form.hidden_fields(),
        submit=submit,
        sentence=sentence,
        clear_url=clear_url,
        label=label,
    )


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Page[Any], noun: str = "rows") -> SafeString:
    """Paging that keeps the filters in the address: `{% pagination page "people" %}`."""
    query = context["request"].GET.copy()
    links = []
    for shown in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        query["page"] = str(shown)
        is_number = isinstance(shown, int)
        links.append({"words": shown, "url": f"?{query.urlencode()}" if is_number else ""})
    return draw("pagination", page=page, links=links, noun=noun)


@register.simple_block_tag(takes_context=True)
def inline_edit(
    context: Context,
    content: str,
    label: str,
    name: str,
    action: str,
    *,
    submit: str = "Save",
    hint: str = "",
    value: str = "",
    error: str = "",
    leave_url: str = "",
    columns: int = 6,
) -> SafeString:
    """A row that opens under its line to edit one text; the content is further hidden fields.

    `columns` is how many the table has; `error` what is to put right; `leave_url` leaves it as it was.
    """
    return draw(
        "inline_edit",
        content=content,
        label=label,
        name=name,
        action=action,
        submit=submit,
        hint=hint,
        value=value,
        error=error,
        leave_url=leave_url,
        columns=columns,
        csrf_token=context.get("csrf_token", ""),
    )
