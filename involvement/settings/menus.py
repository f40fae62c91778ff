"""The menus of the faces, and the pages their layouts link to."""

from __future__ import annotations

from typing import Any

# The menus of the faces. `count` is asked once for each page and may answer None.
NAVIGATION: list[dict[str, Any]] = [
    {"face": "desk", "label": "Today", "url_name": "faces:desk_home", "group": "today"},
    {"face": "public", "label": "Home", "url_name": "faces:landing"},
    {"face": "foot", "label": "For staff: sign in", "url_name": "account_request_login_code"},
    {
        "face": "desk",
        "label": "What was said",
        "url_name": "feedback:log",
        "permission": "feedback.read",
        "count": "actionplans.feedback.panels.open_count",
        "group": "today",
    },
    {
        "face": "desk",
        "label": "Broken threads",
        "url_name": "thread:broken_list",
        "permission": "feedback.read",
        "group": "today",
    },
    {
        "face": "desk",
        "label": "Replies due",
        "url_name": "replies:replies_due",
        "permission": "reply.send",
        "group": "today",
    },
    {
        "face": "desk",
        "label": "Decisions",
        "url_name": "decisions:decision_list",
        "permission": "feedback.read",
        "group": "today",
    },
    {
        "face": "desk",
        "label": "Plans",
        "url_name": "plans:plan_list",
        "permission": "plan.read",
        "group": "today",
    },
    {"face": "public", "label": "Our plans", "url_name": "plans_public:plan_list"},
    {
        "face": "desk",
        "label": "Outbox",
        "url_name": "delivery:outbox",
        "permission": "reply.send",
        "group": "today",
    },
    {
        "face": "desk",
        "label": "People",
        "url_name": "people:person_list",
        "permission": "people.read",
        "group": "people",
    },
    {
        "face": "desk",
        "label": "Interests",
        "url_name": "interests:queue",
        "permission": "people.read",
        "count": "residents.interests.panels.waiting_count",
        "group": "people",
    },
    {
        "face": "desk",
        "label": "Visits",
        "url_name": "interests:visit_list",
        "permission": "people.read",
        "group": "people",
    },
    {
        "face": "desk",
        "label": "Who took part",
        "url_name": "participation:participation_list",
        "permission": "people.read",
        "group": "people",
    },
    {
        "face": "desk",
        "label": "Representation",
        "url_name": "representation:representation",
        "permission": "equality.read",
        "group": "people",
    },
    {
        "face": "desk",
        "label": "Groups",
        "url_name": "bodies:body_list",
        "permission": "strategy.read",
        "group": "people",
    },
    {
        "face": "desk",
        "label": "Strategy",
        "url_name": "strategy:strategy_list",
        "permission": "strategy.read",
        "group": "people",
    },
    {
        "face": "desk",
        "label": "Reports",
        "url_name": "reports:report_list",
        "permission": "report.read",
        "count": "reporting.library.panels.draft_count",
        "group": "show",
    },
    {"face": "public", "label": "You said, we did", "url_name": "reports_public:you_said"},
    {
        "face": "board",
        "label": "Reports",
        "url_name": "reports_board:library",
        "permission": "library.read",
    },
    {
        "face": "board",
        "label": "The group’s landlords",
        "url_name": "rollup_board:group_totals",
        "permission": "group.read",
        "where": "reporting.rollup.policies.has_roll_up",
    },
    {"face": "public", "label": "Tell us something", "url_name": "feedback_public:tell"},
    {"face": "public", "label": "Take part", "url_name": "interests_public:take_part"},
    {"face": "public", "label": "Our strategy", "url_name": "strategy_public:strategy"},
    # These two stay last in the menu of the desk
    {
        "face": "desk",
        "label": "Staff",
        "url_name": "accounts:staff_list",
        "permission": "desk.open",
        "group": "settings",
    },
    {
        "face": "desk",
        "label": "Settings",
        "url_name": "landlords:settings",
        "permission": "settings.change",
        "group": "settings",
    },
]
# URL names the layouts link to: home, desk, search, record, sign_out … (involvement.faces.context).
FACE_ADDRESSES: dict[str, str] = {
    "home": "faces:landing",
    "desk": "faces:desk_home",
    "search": "faces:search",
    "record": "feedback:record",
    "settings": "accounts_public:own",
    "library": "reports_board:library",
    "group": "rollup_board:group_totals",
    "sign_in": "account_request_login_code",
    "sign_out": "account_logout",
}
