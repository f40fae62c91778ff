"""What a plan's filters offer, and the sentence that says what was chosen."""

from __future__ import annotations

from actionplans.plans.models import LineMonitor, LineOwner, Plan
from actionplans.plans.queries import lines as line_queries
from actionplans.plans.queries import pages
from involvement.calendars.words import count, say_list
from involvement.landlords.models import Subject

Choices = list[tuple[str, str]]


def owner_choices(plan: Plan, me: int | None) -> Choices:
    """Whoever owns a line of the plan, oneself first where one may."""
    found = _people(LineOwner, plan)
    mine = f"staff:{me}" if me else ""
    return sorted(
        [(key, "Me" if key == mine else name) for key, name in found.items()],
        key=lambda choice: (choice[1] != "Me", choice[1].casefold()),
    )


def monitor_choices(plan: Plan) -> Choices:
    """Whoever watches a line of the plan."""
    return sorted(_people(LineMonitor, plan).items(), key=lambda choice: choice[1].casefold())


def top_choices(plan: Plan) -> Choices:
    """The plan's outermost headings."""
    return [(str(line.pk), _short(str(line))) for line in pages.tops(plan)]


def subject_choices(plan: Plan) -> Choices:
    """The subjects the plan's lines are about."""
    subjects = Subject.objects.filter(plan_lines__plan=plan).distinct().order_by("name", "pk")
    return [(str(subject.pk), subject.name) for subject in subjects]


def sentence(chosen: line_queries.Chosen, names: dict[str, str], shown: int, total: int) -> str:
    """The filter in words with the count: "Showing 8 of 26 lines, those the Panel monitors."

    `names` are the labels of what was chosen, by field.
    """
    if not chosen.is_set:
        return f"Showing all {count(total, 'line')}." if total != 1 else "Showing the one line."
    parts = []
    if chosen.under:
        parts.append(f"under “{names['under']}”")
    if chosen.owner:
        parts.append("that are mine" if names["owner"] == "Me" else f"owned by {names['owner']}")
    if chosen.monitor:
        parts.append(f"monitored by {names['monitor']}")
    if chosen.due:
        parts.append(_DUE[chosen.due])
    if chosen.state:
        parts.append(f"in the state “{names['state']}”")
    if chosen.subject:
        parts.append(f"about {names['subject']}")
    if chosen.news:
        parts.append(f"without news for {line_queries.QUIET_DAYS} days")
    return f"Showing {shown:,} of {count(total, 'line')}: those {say_list(parts)}."


_DUE = {
    "late": "that are late",
    "past": "whose day has passed",
    "quarter": "due this quarter",
    "later": "due after this quarter",
    "none": "without a date",
    "unclear": "with a deadline nobody could read yet",
}


def _people(model: type[LineOwner | LineMonitor], plan: Plan) -> dict[str, str]:
    rows = (
        model.objects.filter(line__plan=plan)
        .values_list("words", "staff", "staff__name", "team", "team__name", "body", "body__name")
        .distinct()
        .order_by("words", "staff", "team", "body")
    )
    found: dict[str, str] = {}
    for words, staff, staff_name, team, team_name, body, body_name in rows:
        if staff:
            found[f"staff:{staff}"] = staff_name
        elif team:
            found[f"team:{team}"] = team_name
        elif body:
            found[f"body:{body}"] = body_name
        else:
            found[f"words:{words}"] = _short(words)
    return found


def _short(words: str) -> str:
    return words if len(words) <= 48 else f"{words[:46].rstrip()}…"
