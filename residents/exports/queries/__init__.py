"""What can be taken out, and what was."""

from involvement.wiring.lists import ListToExport, list_named, lists
from residents.exports.queries.register import expired, exports, ready

__all__ = ["ListToExport", "expired", "exports", "list_named", "lists", "ready"]
