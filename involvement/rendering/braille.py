"""Documents in Braille, through liblouis where it is installed."""

import re
import shutil
import subprocess
import textwrap

from involvement.rendering.text import html_to_text

CELLS = 40
LINES = 25
SECONDS = 60
TABLES = {
    "en": "en-ueb-g2.ctb", "cy": "cy-cy-g2.ctb", "ar": "ar-ar-g1.utb", "ur": "ur-pk-g1.utb",
    "pl": "Pl-Pl-g1.utb",
}  # fmt: skip
"""Each language's own code; English is Unified English Braille, contracted."""


class NotAvailable(RuntimeError):
    """This computer cannot make Braille: the translator (liblouis) is not installed."""


def html_to_braille(html: str, *, lang: str = "en-GB") -> str:
    """A document as a Braille file (BRF); raises as `to_braille`."""
    return to_braille(html_to_text(html, width=0), lang=lang)


def to_braille(text: str, *, lang: str = "en-GB") -> str:
    """Text as Braille in BRF: lines of 40 cells, pages of 25 lines with a form feed after each.

    Raises `NotAvailable` where liblouis is not installed or has no table for the language.
    """
    program = shutil.which("lou_translate")
    table = TABLES.get(lang.partition("-")[0])
    if program is None:
        raise NotAvailable(NotAvailable.__doc__)
    if table is None:
        raise NotAvailable(f"This computer cannot make Braille in the language {lang}.")
    lines = [line for line in text.splitlines() if not re.fullmatch(r"[=-]{2,}", line)]
    done = subprocess.run(
        [program, "--forward", f"en-us-brf.dis,{table}"],
        input="\n".join(lines) + "\n",
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    if done.returncode != 0:
        raise NotAvailable(f"This computer cannot make Braille: {done.stderr.strip()[:200]}")
    return _pages(done.stdout.splitlines())


def _pages(translated: list[str]) -> str:
    """Lines of 40 cells, run-over lines set in by two, in pages of 25."""
    lines: list[str] = []
    for line in translated:
        lines += textwrap.wrap(line, CELLS, subsequent_indent="  ") or [""]
    starts = range(0, len(lines), LINES)
    return "".join("\n".join(lines[start : start + LINES]) + "\n\f" for start in starts)
