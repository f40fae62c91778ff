"""Refusals whose docstring is the sentence the user reads."""

from __future__ import annotations

import inspect


class Refusal(Exception):
    """This cannot be done."""

    def __init__(self, sentence: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence or inspect.cleandoc(type(self).__doc__ or "").replace("\n", " ")


class ChangedMeanwhile(Refusal):
    """Somebody else changed this while you were writing. Their version is shown beside yours;
    choose what to keep and save again."""
