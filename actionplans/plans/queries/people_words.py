"""Who is meant by the words of a plan: "PD/CW", "RISM and NRG", "MHP RI Team and all staff"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from actionplans.plans.models import LineMonitor, LineOwner
from actionplans.plans.models.people import Kind
from involvement.accounts.models import StaffMember, Team
from involvement.landlords.models import GlossaryTerm
from structures.bodies.models import Body

_SPLIT: Final = re.compile(
    r"\s*[/,;&\n]\s*|\s+and\s+(?=overseen by\b)|\s+(?:and|with)\s+", re.IGNORECASE
)
_OVERSEEN: Final = re.compile(r"^(?:and\s+)?overseen\s+by\s+", re.IGNORECASE)
_EVERYBODY: Final = re.compile(
    r"^(?:all(?: the)? staff|all officers|everybody|everyone|all)$", re.IGNORECASE
)
# Names of teams that hold an "and" or an "&" themselves.
_ONE_NAME: Final = re.compile(
    r"\b(?:learning\s+and\s+development|equality\s+and\s+diversity|housing\s+and\s+\w+ services"
    r"|repairs\s+and\s+maintenance|policy\s+and\s+performance|health\s+and\s+safety"
    r"|\w&\w)(?:\s+(?:team|department|service|unit))?",
    re.IGNORECASE,
)
_HELD: Final = "\x00"


def plain(words: str) -> str:
    """Words in one form for comparing names."""
    text = re.sub(r"\(demo\)", "", words, flags=re.IGNORECASE).casefold()
    text = re.sub(r"^(?:the|our)\s+", "", text.strip())
    return re.sub(r"[^a-z0-9]+", " ", text).strip()


@dataclass(frozen=True)
class Match:
    """Whom a name means: a kind and the key that goes with it."""

    kind: str
    staff: StaffMember | None = None
    team: Team | None = None
    body: Body | None = None

    def columns(self) -> dict[str, object]:
        return {"kind": self.kind, "staff": self.staff, "team": self.team, "body": self.body}


UNKNOWN: Final = Match(Kind.UNKNOWN)


@dataclass
class Directory:
    """Everybody a plan's words may mean, by each of their names. Read once for many lines."""

    by_name: dict[str, Match] = field(default_factory=dict)
    meanings: dict[str, str] = field(default_factory=dict)
    _read: dict[tuple[str, str], list[dict[str, Any]]] = field(default_factory=dict)

    def once(
        self, words: str, what: str, read: Callable[[str], list[dict[str, Any]]]
    ) -> list[dict[str, Any]]:
        """What `read` makes of the words; many lines of a plan use the same ones."""
        key = (what, words)
        if key not in self._read:
            self._read[key] = read(words)
        return self._read[key]

    def find(self, words: str) -> Match:
        """The one these words mean, or UNKNOWN."""
        if _EVERYBODY.match(words.strip()):
            return Match(Kind.EVERYONE)
        said = plain(words)
        if found := self.by_name.get(said):
            return found
        meant = self.meanings.get(said)
        return self.by_name.get(meant, UNKNOWN) if meant else UNKNOWN

    def find_inside(self, words: str) -> Match:
        """The one named somewhere in these words; the longest name counts."""
        if (found := self.find(words)) is not UNKNOWN:
            return found
        said = f" {plain(words)} "
        names = [name for name in self.by_name if len(name) > 1 and f" {name} " in said]
        return self.by_name[max(names, key=len)] if names else UNKNOWN


def directory() -> Directory:
    """The landlord's staff, teams, groups and glossary. A name that two share means neither."""
    found = Directory()
    for term in GlossaryTerm.objects.order_by("pk"):
        found.meanings[plain(term.term)] = plain(term.meaning)
    shared: set[str] = set()
    for name, match in _names():
        said = plain(name)
        if not said or said in shared:
            continue
        if found.by_name.setdefault(said, match) != match:
            del found.by_name[said]
            shared.add(said)
    return found


def _names() -> Iterator[tuple[str, Match]]:
    for body in Body.objects.filter(closed_on__isnull=True).order_by("pk"):
        for name in (body.name, body.short_name):
            yield name, Match(Kind.BODY, body=body)
    for team in Team.objects.filter(archived_at__isnull=True).order_by("pk"):
        for name in (team.name, team.short_name):
            yield name, Match(Kind.TEAM, team=team)
    for staff in StaffMember.objects.filter(left_on__isnull=True).order_by("pk"):
        for name in (staff.initials, staff.name):
            yield name, Match(Kind.PERSON, staff=staff)
        yield staff.job_title, Match(Kind.ROLE, staff=staff)


def pieces(words: str) -> list[tuple[str, str]]:
    """The names in an owner's cell, each with its part: ("NRG", OVERSEES)."""
    held: list[str] = []

    def hold(match: re.Match[str]) -> str:
        held.append(match[0])
        return f"{_HELD}{len(held) - 1}{_HELD}"

    text = _ONE_NAME.sub(hold, words)
    found = []
    for piece in _SPLIT.split(text):
        name = re.sub(f"{_HELD}(\\d+){_HELD}", lambda m: held[int(m[1])], piece).strip(" .:-–")
        part = LineOwner.Part.OWNS
        if _OVERSEEN.match(name):
            name, part = _OVERSEEN.sub("", name), LineOwner.Part.OVERSEES
        if name:
            found.append((name[:200], str(part)))
    return found


def owners(words: str, known: Directory) -> list[LineOwner]:
    """Unsaved owners, one for each name in the words; a name known as a whole is not split."""

    def read(words: str) -> list[dict[str, Any]]:
        whole = known.find(words) if words.strip() else UNKNOWN
        alone = [(words.strip()[:200], str(LineOwner.Part.OWNS))]
        named = alone if whole is not UNKNOWN else pieces(words)
        return [
            {"position": at, "words": name, "part": part, **known.find(name).columns()}
            for at, (name, part) in enumerate(named)
        ]

    return [LineOwner(**columns) for columns in known.once(words, "owner", read)]


def monitors(words: str, known: Directory) -> list[LineMonitor]:
    """Unsaved monitors, one for each name; what surrounds a name ("SIP reports to RP") stays."""

    def read(words: str) -> list[dict[str, Any]]:
        pieces_said = re.split(r"\s*[,;\n]\s*|\s+and\s+", words)
        names = [name for piece in pieces_said if (name := piece.strip(" ."))]
        return [
            {"position": at, "words": name[:300], **known.find_inside(name).columns()}
            for at, name in enumerate(names)
        ]

    return [LineMonitor(**columns) for columns in known.once(words, "monitor", read)]
