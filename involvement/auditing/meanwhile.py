"""Two people with one form: the second is shown what the first saved, and loses nothing.

A page hands out the mark of what stands in the record's fields; the form brings it back; the
operation compares, with the row locked. Where it differs the page shows both, and says who saved
first and when. A record that counts its versions hands out the number instead (`Clash`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any, NamedTuple, cast

from django import forms
from django.db.models import Model

from involvement.auditing.models import AuditEntry
from involvement.auditing.operations import changes_since, in_words, snapshot
from involvement.auditing.queries import history_of
from involvement.auditing.refusals import ChangedMeanwhile

_LOOKED_THROUGH = 50


class Difference(NamedTuple):
    """A field that two people filled in differently, as each would read it.

    `left_alone` where the second had not touched it: the form then takes over what the first saved.
    """

    label: str
    theirs: str
    yours: str
    left_alone: bool = False


def latest_change(record: Model, stands: Mapping[str, str]) -> AuditEntry | None:
    """Who last changed a field of `record` to what stands in it, and when.

    `stands` is a snapshot; None where the history does not say.
    """
    for entry in history_of(record)[:_LOOKED_THROUGH]:
        if any(stands.get(change["field"]) == change["new"] for change in entry.changes):
            return entry
    return None


class Clash:
    """A record that counts its versions, saved by somebody after a second writer had opened it.

    `saved` is the latest change since `seen`, in history under `verb`; `differences` what was
    changed since beside what the second wrote. Both keep theirs: what only the first changed is
    taken over into `data`, the form to be shown again; what only the second changed stands in it.
    """

    def __init__(self, form: forms.Form, record: Any, *, seen: int, verb: str) -> None:
        fields = [name for name in form.cleaned_data if hasattr(record, name)]
        entries = history_of(record).filter(verb=verb)[: max(record.version - seen, 0)]
        begun = {c["field"]: c["old"] for entry in entries for c in entry.changes}
        mine = copy(record)
        for name in fields:
            setattr(mine, name, form.cleaned_data[name])
        typed = snapshot(mine, fields)
        self.saved = latest_change(record, snapshot(record, begun))
        self.differences: list[Difference] = []
        self.data: dict[str, Any] = {**dict(form.data.items()), "seen": record.version}
        for name in fields:
            stands, wrote = getattr(record, name), form.cleaned_data[name]
            if name not in begun or _lines(stands) == _lines(wrote):
                continue
            left_alone = _lines(typed[name]) == _lines(begun[name])
            if left_alone:
                self.data[name] = form.fields[name].prepare_value(stands)
            self.differences.append(
                Difference(
                    label_of(form, name),
                    _said(form, name, stands),
                    _said(form, name, wrote),
                    left_alone,
                )
            )


def label_of(form: forms.BaseForm | None, name: str, otherwise: str = "") -> str:
    """What a form calls a field, so that a page calls it the same everywhere."""
    field = form.fields.get(name) if form is not None else None
    return str(field.label) if field is not None and field.label else otherwise


def _said(form: forms.Form, name: str, value: Any) -> str:
    """A value in the words of the form: an option's label, pounds and not pence."""
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        return in_words(value)
    if isinstance(field, forms.ChoiceField):
        labels: Mapping[Any, Any] = dict(cast("Any", field.choices))
        return str(labels.get(value, value)) if value else ""
    return in_words(field.prepare_value(value))


def _lines(value: Any) -> Any:
    """Browsers send line ends of their own kind."""
    return "\n".join(value.strip().splitlines()) if isinstance(value, str) else value


def mark_of(record: Model, fields: Iterable[str]) -> str:
    """A short mark that differs as soon as one of the fields does."""
    columns = {field.name: field.attname for field in record._meta.concrete_fields}
    stored = {name: getattr(record, columns[name]) for name in fields}
    return hashlib.sha256(json.dumps(stored, sort_keys=True, default=str).encode()).hexdigest()[:32]


def check_unchanged(record: Model, fields: Iterable[str], seen: str) -> None:
    """Lock the record's row. Raises ChangedMeanwhile where it is no longer what `seen` marks.

    Without a mark nothing is compared: whoever calls has not been shown anything.
    """
    if not seen:
        return
    rows = type(record)._default_manager.select_for_update(of=("self",))
    if mark_of(rows.get(pk=record.pk), fields) != seen:
        raise ChangedMeanwhile


class Writing:
    """One form over one record, from the page to the answer.

    Made before the form touches the record. `seen` is what the form must bring back; after
    `show_both` it is the mark of what stands now, and `differences` says what that is.
    """

    def __init__(self, record: Model, fields: Iterable[str], given: Mapping[str, Any]) -> None:
        self.fields = tuple(fields)
        self.before = snapshot(record, self.fields)
        self._now = mark_of(record, self.fields)
        self.seen = str(given.get("seen", "")) or self._now
        self.differences: list[Difference] = []
        self.saved: AuditEntry | None = None

    def show_both(
        self,
        record: Model,
        typed: Mapping[str, Any] | None = None,
        *,
        form: forms.BaseForm | None = None,
        told_of: Model | None = None,
    ) -> None:
        """Set what stands beside what was typed: `typed`, or what a form put on the record.

        Fields are called as `form` calls them; `told_of` is the record whose history tells of it.
        """
        mine = copy(record)
        for name, value in (typed or {}).items():
            setattr(mine, name, value)
        self.differences = [
            Difference(
                label_of(form, change["field"], change["label"]), change["old"], change["new"]
            )
            for change in changes_since(mine, self.before)
        ]
        self.saved = latest_change(told_of or record, self.before)
        self.seen = self._now
