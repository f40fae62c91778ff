"""Cells that a spreadsheet would run, made harmless on the way out and given back on the way in.

A CSV file cannot say that a cell is text, so a cell that a spreadsheet would take for a formula
gets an apostrophe, and our reader takes that apostrophe off again. Only such cells: a plan's
"- item", "-", "-5" or "+44 1632 960001" goes out as it is, so that whoever reads the file with
another program finds the very words of the plan. A workbook (.xlsx) marks its cells as text and
needs none of this.

Taken for a formula: what begins (after spaces or apostrophes) with "=" or "@", also full-width;
what begins with a tab or a carriage return; and what begins with "+" or "-" and goes on as a
formula does: a digit (unless it is a plain number), a bracket or quotation mark, another "=" or
"@", a cell's name, a function's name with its bracket, a reference to another sheet or program.
"""

import re
from typing import Final

_APOSTROPHE: Final = "'"
_ALWAYS: Final = re.compile(r"\s*[=@＝＠]|[\t\r]")
_SIGNED: Final = re.compile(r"\s*[-+−－＋][-+−－＋\s]*(?P<rest>.*)", re.DOTALL)
_PLAIN_NUMBER: Final = re.compile(r"\s*[-+−－＋]\s*[£$€]?\s*\d[\d ,.]*%?\s*")
_GOES_ON: Final = re.compile(
    r"[\d=@＝＠(\[{\"'$#]"  # a number, a bracket, a text
    r"|[A-Za-z]{1,3}\$?\d"  # a cell's name
    r"|.*\w[(（]"  # a function
    r"|.*\|"  # another program
    r"|.*!\s*\$?[A-Za-z]{1,3}\$?\d",  # another sheet
    re.DOTALL,
)


def runs(cell: str) -> bool:
    """Whether a spreadsheet would run this cell of a CSV file."""
    if _ALWAYS.match(cell):
        return True
    signed = _SIGNED.fullmatch(cell)
    if signed is None or _PLAIN_NUMBER.fullmatch(cell):
        return False
    return bool(_GOES_ON.match(signed["rest"]))


def neutralise(cell: str) -> str:
    """The cell as it may stand in a CSV file. `restore` gives the cell back."""
    return _APOSTROPHE + cell if runs(cell.lstrip(_APOSTROPHE)) else cell


def restore(cell: str) -> str:
    """The cell without the apostrophe `neutralise` gave it; every other cell as it is."""
    if cell.startswith(_APOSTROPHE) and runs(cell.lstrip(_APOSTROPHE)):
        return cell[1:]
    return cell
