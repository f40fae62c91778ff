"""Which line of one reading of a plan is which line of another.

Lines have no key in a spreadsheet. They are known again by the headings they stand under, by their
words, by their printed number, and last by words that are nearly the same.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from actionplans.plans.models import Line
from actionplans.plans.queries.drafts import DraftLine

_ALIKE: Final = 0.6
# So many pairs of siblings are compared letter by letter at most.
_MOST: Final = 2500


@dataclass(frozen=True)
class Node:
    """A line as it is compared: its key among its own kind, and its parent's (None: outermost)."""

    key: int
    parent: int | None
    number: str
    words: str
    is_part: bool


def drafted_nodes(lines: Sequence[DraftLine]) -> list[Node]:
    """The lines of a draft; their keys are their places in it."""
    places = {id(drafted): at for at, drafted in enumerate(lines)}
    return [
        _node(drafted.line, at, places[id(drafted.parent)] if drafted.parent else None)
        for at, drafted in enumerate(lines)
    ]


def stored_nodes(lines: Sequence[Line]) -> list[Node]:
    """The lines of a plan, by their own keys."""
    return [_node(line, line.pk, line.parent_id) for line in lines]


def pair(
    new: Sequence[Node], old: Sequence[Node], known: Mapping[int, int] | None = None
) -> dict[int, int]:
    """For each of the new lines that is there already, the old one. Nothing is paired twice.

    Both run from top to bottom. `known` are pairs that are settled.
    """
    pairs = dict(known or {})
    _by_path(new, old, pairs)
    _among_siblings(new, old, pairs)
    if _moved(new, old, pairs):
        _among_siblings(new, old, pairs)
    return pairs


def _node(line: Line, key: int, parent: int | None) -> Node:
    is_part = line.kind == Line.Kind.PART
    words = f"{line.description} {line.deadline_words}" if is_part else line.title
    return Node(key, parent, line.number.strip(), " ".join(words.casefold().split()), is_part)


def _left(nodes: Iterable[Node], taken: Iterable[int]) -> list[Node]:
    gone = set(taken)
    return [node for node in nodes if node.key not in gone]


def _by_path(new: Sequence[Node], old: Sequence[Node], pairs: dict[int, int]) -> None:
    taken = set(pairs.values())
    there = {path: key for path, key in _paths(old) if key not in taken}
    for path, key in _paths(new):
        if key not in pairs and path in there:
            pairs[key] = there.pop(path)


def _paths(nodes: Sequence[Node]) -> list[tuple[Hashable, int]]:
    """Each line's words under those of its headings, the same words again counted."""
    paths: dict[int | None, Hashable] = {None: ()}
    seen: defaultdict[Hashable, int] = defaultdict(int)
    found: list[tuple[Hashable, int]] = []
    for node in nodes:
        path: Hashable = (paths[node.parent], node.words, node.is_part)
        seen[path] += 1
        paths[node.key] = path = (path, seen[path])
        found.append((path, node.key))
    return found


def _among_siblings(new: Sequence[Node], old: Sequence[Node], pairs: dict[int, int]) -> None:
    """From the outermost in: what stands under a pair is paired by number, words or likeness."""
    there: defaultdict[int | None, list[Node]] = defaultdict(list)
    for node in _left(old, pairs.values()):
        there[node.parent].append(node)
    groups: dict[int | None, list[Node]] = {}
    for node in new:
        groups.setdefault(node.parent, []).append(node)
    taken = set(pairs.values())
    for parent, siblings in groups.items():
        above = pairs.get(parent) if parent is not None else None
        if parent is None or above is not None:
            olds = [node for node in there[above] if node.key not in taken]
            taken |= _pair_group(_left(siblings, pairs), olds, pairs)


def _pair_group(new: list[Node], old: list[Node], pairs: dict[int, int]) -> set[int]:
    """Pair siblings; the keys of the old lines that are taken by it."""
    taken: set[int] = set()
    for said in (lambda node: node.words, lambda node: node.number):
        news, olds = _only_ones(_left(new, pairs), said), _only_ones(_left(old, taken), said)
        for words in news.keys() & olds.keys():
            pairs[news[words].key] = olds[words].key
            taken.add(olds[words].key)
    left, there = _left(new, pairs), _left(old, taken)
    if len(left) * len(there) <= _MOST:
        taken |= _pair_alike(left, there, pairs)
    parts = [node for node in _left(new, pairs) if node.is_part]
    for node, other in zip(parts, [o for o in _left(old, taken) if o.is_part], strict=False):
        pairs[node.key] = other.key
        taken.add(other.key)
    return taken


def _pair_alike(new: list[Node], old: list[Node], pairs: dict[int, int]) -> set[int]:
    scored = sorted(
        (-_likeness(node.words, other.words), node.key, other.key)
        for node in new
        for other in old
        if node.is_part == other.is_part
    )
    taken: set[int] = set()
    for score, key, other in scored:
        if -score >= _ALIKE and key not in pairs and other not in taken:
            pairs[key] = other
            taken.add(other)
    return taken


def _likeness(one: str, other: str) -> float:
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0
    return matcher.ratio()


def _moved(new: Sequence[Node], old: Sequence[Node], pairs: dict[int, int]) -> bool:
    """Lines that stand under another heading now, known by words nobody else has."""

    def said(node: Node) -> str:
        return "" if node.is_part else node.words

    olds, news = _only_ones(_left(old, pairs.values()), said), _only_ones(_left(new, pairs), said)
    for words in news.keys() & olds.keys():
        pairs[news[words].key] = olds[words].key
    return bool(olds.keys() & news.keys())


def _only_ones(nodes: Iterable[Node], said: Callable[[Node], str]) -> dict[tuple[str, bool], Node]:
    found: dict[tuple[str, bool], list[Node]] = {}
    for node in nodes:
        if words := said(node):
            found.setdefault((words, node.is_part), []).append(node)
    return {words: same[0] for words, same in found.items() if len(same) == 1}
