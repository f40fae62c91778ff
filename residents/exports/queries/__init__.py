"""What can be taken out, and what was."""

from involvement.wiring.lists import ListToExport, list_named, lists
from residents.exports.queries.register import (
    expired,
    exports,
    found_by_words,
    ready,
    with_files,
)

__all__ = [
    "ListToExport",
    "expired",
    "exports",
    "found_by_words",
    "list_named",
    "lists",
    "ready",
    "with_files",
]
