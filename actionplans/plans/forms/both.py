"""Two officers over one line at once: what each of them changed, and what the form says then."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from actionplans.plans.forms.line import LineForm, as_typed, plain


@dataclass
class Both:
    """`differ` are fields both changed: label, what stands there now, what was typed. `taken` are
    those only the other changed, which the form takes over. `data` is what the form says then.
    """

    data: dict[str, Any]
    differ: list[tuple[str, str, str]] = field(default_factory=list)
    taken: list[tuple[str, str]] = field(default_factory=list)


def both_of(form: LineForm, posted: Mapping[str, str], theirs: Mapping[str, Any]) -> Both:
    """What the second of two officers is shown.

    `posted` is what was sent, with what the page held when it was opened in `began`; without that
    nobody knows who changed a field, and every difference is shown.
    """
    now, began = as_typed(theirs), _began(posted.get("began", ""))
    both = Both({**posted, "version": theirs["version"], "began": json.dumps(now)})
    for name in form.said_in:
        typed = plain(posted.get(name, ""))
        if typed == now[name]:
            continue
        label, there = str(form.fields[name].label), _shown(theirs[name])
        if began.get(name) == typed:
            both.data[name] = now[name]
            both.taken.append((label, there))
        elif began.get(name) != now[name]:
            both.differ.append((label, there, _shown(form.cleaned_data[name])))
    return both


def _began(text: str) -> dict[str, str]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    pairs = found.items() if isinstance(found, dict) else ()
    return {str(name): plain(str(value)) for name, value in pairs}


def _shown(value: Any) -> str:
    return "\n".join(value) if isinstance(value, list) else str(value or "")
