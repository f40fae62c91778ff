"""What pages, rules and other capabilities ask about feedback and themes."""

from actionplans.feedback.queries.log import (
    LogFilter,
    LogPage,
    capped_count,
    log_page,
    log_rows,
    open_count,
)
from actionplans.feedback.queries.similar import Likeness, likely_themes, similar_feedback
from actionplans.feedback.queries.threads import (
    ChannelCount,
    bodies_in,
    channel_counts,
    feedback_in,
    feedback_with_speakers,
    first_said_on,
    open_themes,
    people_in,
    still_open,
    themes_of,
    themes_with_counts,
    unreachable_in,
    what_they_said,
)

__all__ = [
    "ChannelCount",
    "Likeness",
    "LogFilter",
    "LogPage",
    "bodies_in",
    "capped_count",
    "channel_counts",
    "feedback_in",
    "feedback_with_speakers",
    "first_said_on",
    "likely_themes",
    "log_page",
    "log_rows",
    "open_count",
    "open_themes",
    "people_in",
    "similar_feedback",
    "still_open",
    "themes_of",
    "themes_with_counts",
    "unreachable_in",
    "what_they_said",
]
