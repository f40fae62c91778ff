"""Two people with one form: what each of them changed is kept, and where both changed the same
field the second is shown both, decides, and loses nothing.

A page hands out a mark of every field as it stood, and the form brings the marks back. Then the
record is held until the answer is out, and field by field three things are compared: what the
writer began from, what stands now, and what was sent. What only somebody else changed is taken into
the form. The marks are made with the secret key, so they tell nothing of what they mark.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, Final, Generic, NamedTuple, TypeVar

from django.db.models import Model
from django.http import HttpRequest, QueryDict
from django.utils.crypto import salted_hmac

from involvement.auditing import sent
from involvement.auditing.models import AuditEntry
from involvement.auditing.operations import snapshot
from involvement.auditing.queries import history_of
from involvement.auditing.refusals import ChangedMeanwhile

_LOOKED_THROUGH: Final = 50
_SALT: Final = "involvement.auditing.meanwhile"
F = TypeVar("F")


class Difference(NamedTuple):
    """A field that two people filled in differently, as each would read it."""

    label: str
    theirs: str
    yours: str


class Taken(NamedTuple):
    """A field only somebody else changed, as the form now has it."""

    label: str
    theirs: str


class Writing(Generic[F]):
    """One form, or set of forms, over one record, from the page to the answer.

    `make` makes the form of what was sent, or of None; what it shows of the record it reads each
    time it is called. A record of None is one to be added: nobody else can have it open.

    Fields named in `apart` say something of this writing only and are not compared; those of `also`
    are the record's under another name on the form. `within` is the record it belongs to, which is
    held before it and whose history tells of its changes, unless that of `told_by` does.
    `shown_only` where another form of the page was sent.

    `form` is the form to go on with. It has an error where `differ` names fields both changed, and
    holds what was `taken` over from somebody else. `seen` is what the page must send back; `before`
    the record's fields in words, from before the form touched it.
    """

    form: F

    def __init__(
        self,
        request: HttpRequest,
        record: Model | None,
        make: Callable[[Any], F],
        *,
        apart: Iterable[str] = (),
        also: Iterable[str] = (),
        within: Model | None = None,
        told_by: Model | None = None,
        shown_only: bool = False,
    ) -> None:
        self.record, self.apart = record, frozenset(apart)
        self.seen, self.before = "", dict[str, str]()
        self.differ, self.taken = list[Difference](), list[Taken]()
        self.saved: AuditEntry | None = None
        self.name = "seen"
        given = request.POST if request.method == "POST" and not shown_only else None
        if record is None:
            self.form = make(given)
            return
        if given is not None:
            for each in filter(None, (within, record)):
                _hold(each)
        shown = make(None)
        stands = self._compared(sent.standing(shown))
        self.name = sent.beside(shown, "seen")
        self.before = snapshot(record, [*_fields_of(record, stands), *also])
        now = {name: self._mark(name, value) for name, value in stands.items()}
        self.seen = " ".join(f"{name}:{mark}" for name, mark in now.items())
        if given is None:
            self.form = shown
            return
        changed = self._merge(shown, stands, now, given, make)
        if self.differ or self.taken:
            self.saved = self._who(told_by or within or record, changed)

    def told(self, words: str) -> str:
        """What to say once all is kept: `words`, and what somebody else's change brought with it."""
        if not self.taken:
            return words
        who = self.saved.by_words if self.saved else "somebody else"
        what = ", ".join(row.label for row in self.taken)
        return f"{words} What {who} changed meanwhile is kept too: {what}."

    def _merge(
        self,
        shown: F,
        stands: dict[str, Any],
        now: dict[str, str],
        given: QueryDict,
        make: Callable[[Any], F],
    ) -> dict[str, str]:
        """Take over what only somebody else changed; return all they changed, in words by field."""
        typed = self._compared(sent.typed(make(given)))
        seen = str(given.get(self.name, ""))
        began = _marks(seen) if seen else now
        merged, changed = given.copy(), dict[str, str]()
        for name, value in stands.items():
            if began.get(name) == now[name] or typed.get(name) == value:
                continue
            label, theirs = sent.label(shown, name), sent.in_words(shown, name, value)
            changed[name] = theirs
            if name not in typed or began.get(name) == self._mark(name, typed[name]):
                sent.put(merged, shown, name, value)
                self.taken.append(Taken(label, theirs))
            else:
                yours = sent.in_words(shown, name, typed[name])
                if yours != theirs:
                    self.differ.append(Difference(label, theirs, yours))
        self.form = make(merged)
        if self.differ and sent.is_wrong(self.form):
            # What is wrong comes first; until it is right, the writer is taken to have seen nothing
            self.seen, self.differ = seen, []
        elif self.differ:
            sent.refuse(self.form, str(ChangedMeanwhile()))
        return changed

    def _who(self, record: Model, changed: dict[str, str]) -> AuditEntry | None:
        """Who last changed one of the fields to what stands in it; None where history tells of none.

        A field of the form that is none of the record's is known by what stands in it.
        """
        fields = {name: self.before[name] for name in changed if name in self.before}
        others = {words for name, words in changed.items() if name not in fields} - {""}
        for entry in history_of(record)[:_LOOKED_THROUGH]:
            for change in entry.changes:
                if fields.get(change["field"]) == change["new"] or change["new"] in others:
                    return entry
        return None

    def _compared(self, values: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in values.items() if name not in self.apart}

    def _mark(self, name: str, value: Any) -> str:
        whose = (self.record._meta.label_lower, self.record.pk) if self.record else ()
        text = json.dumps([*whose, name, value])
        return salted_hmac(_SALT, text, algorithm="sha256").hexdigest()[:20]


def _hold(record: Model) -> None:
    """Lock the record's row until the request is answered, and read it again."""
    record.refresh_from_db(
        from_queryset=type(record)._default_manager.select_for_update(of=("self",))
    )


def _fields_of(record: Model, names: Iterable[str]) -> list[str]:
    known = {field.name for field in record._meta.concrete_fields}
    return [name for name in names if name in known]


def _marks(text: str) -> dict[str, str]:
    """The marks a form brought back; none where they cannot be read."""
    found = (each.rpartition(":") for each in text.split())
    return {name: mark for name, _, mark in found}
