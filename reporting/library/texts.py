"""Our own words in a report: which they are, what they were first, and how they read now."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reporting.figures.shapes import Facts, NextStep, SaidAndDone

_LABELS = {
    "opening": "the opening sentence",
    "note": "the word from us",
    "next": "what is next",
    "said": "what was said, in our words, at",
    "did": "what we did, at",
    "because": "the reason, at",
    "quote": "the quotation at",
}


@dataclass(frozen=True, slots=True)
class Worded:
    """The facts with our own texts as they read now."""

    facts: Facts
    note: str


def worded(facts: Facts, wording: dict[str, str]) -> Worded:
    """The facts with the changes of wording applied; figures and residents' words are untouched."""
    pairs = tuple(_pair(pair, wording) for pair in facts.pairs)
    steps = facts.steps
    if "next" in wording:
        lines = [line.strip() for line in wording["next"].splitlines()]
        steps = tuple(_step(line) for line in lines if line)
    told = replace(facts, opening=wording.get("opening", facts.opening), pairs=pairs, steps=steps)
    return Worded(told, wording.get("note", ""))


def original_of(facts: Facts, key: str) -> str:
    """The text as it was first written. Raises KeyError for a key that is no text of ours."""
    if key in {"opening", "note"}:
        return facts.opening if key == "opening" else ""
    if key == "next":
        return "\n".join(_line(step) for step in facts.steps)
    code, _dot, part = key.partition(".")
    pair = facts.pair(code)
    if pair is None:
        raise KeyError(key)
    return {"said": pair.said, "did": pair.did, "because": pair.because, "quote": pair.said}[part]


def label_of(key: str) -> str:
    """What a text is called: "what we did, at P01"."""
    code, _dot, part = key.partition(".")
    return f"{_LABELS[part]} {code}" if part else _LABELS[key]


def own_keys(facts: Facts) -> list[str]:
    """The texts that may be changed, in the order they are printed."""
    keys = ["opening", "note"]
    for pair in facts.pairs:
        keys.append(f"{pair.code}.quote" if pair.is_quote else f"{pair.code}.said")
        if pair.did:
            keys.append(f"{pair.code}.did")
        if pair.because:
            keys.append(f"{pair.code}.because")
    return [*keys, "next"]


def _pair(pair: SaidAndDone, wording: dict[str, str]) -> SaidAndDone:
    if f"{pair.code}.quote" in wording:
        first, *others = pair.more_quotes or ("",)
        pair = replace(
            pair,
            said=first or pair.in_short or pair.title,
            is_quote=bool(first),
            more_quotes=tuple(others),
        )
    return replace(
        pair,
        said=wording.get(f"{pair.code}.said", pair.said) or pair.in_short or pair.title,
        did=wording.get(f"{pair.code}.did", pair.did),
        because=wording.get(f"{pair.code}.because", pair.because),
    )


def _line(step: NextStep) -> str:
    return f"{step.when}: {step.words}"


def _step(line: str) -> NextStep:
    when, colon, words = line.partition(": ")
    if not colon:
        when, words = "", line
    return NextStep(on="", when=when, words=words, owner="")
