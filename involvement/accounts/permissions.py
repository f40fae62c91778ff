"""Who may do what: one enum of permissions, and the roles in prose."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db import models


class Permission(StrEnum):
    DESK_OPEN = "desk.open"
    SETTINGS_CHANGE = "settings.change"
    STAFF_MANAGE = "staff.manage"
    STAFF_INVITE = "staff.invite"
    AUDIT_READ = "audit.read"
    STRATEGY_READ = "strategy.read"
    STRATEGY_CHANGE = "strategy.change"
    PLAN_READ = "plan.read"
    PLAN_UPDATE = "plan.update"
    PLAN_CHANGE = "plan.change"
    PLAN_PUBLISH = "plan.publish"
    FEEDBACK_READ = "feedback.read"
    FEEDBACK_RECORD = "feedback.record"
    FEEDBACK_CHANGE = "feedback.change"
    DECISION_RECORD = "decision.record"
    REPLY_SEND = "reply.send"
    PEOPLE_READ = "people.read"
    PEOPLE_CHANGE = "people.change"
    PEOPLE_IMPORT = "people.import"
    EQUALITY_READ = "equality.read"
    EQUALITY_RECORD = "equality.record"
    PEOPLE_EXPORT = "people.export"
    PEOPLE_MERGE = "people.merge"
    PEOPLE_ERASE = "people.erase"
    PRIVACY_MANAGE = "privacy.manage"
    REPORT_READ = "report.read"
    REPORT_EDIT = "report.edit"
    REPORT_PUBLISH = "report.publish"
    LIBRARY_READ = "library.read"
    GROUP_READ = "group.read"


class Role(models.TextChoices):
    ADMINISTRATOR = "ADMINISTRATOR", "Administrator"
    OFFICER = "OFFICER", "Involvement officer"
    CONTRIBUTOR = "CONTRIBUTOR", "Contributor"
    MANAGER = "MANAGER", "Manager"
    BOARD = "BOARD", "Board member"
    GROUP_VIEWER = "GROUP_VIEWER", "Group viewer"


@dataclass(frozen=True)
class RoleDescription:
    prose: str
    permissions: frozenset[Permission]


_P = Permission
_READS = {
    _P.DESK_OPEN,
    _P.STRATEGY_READ,
    _P.PLAN_READ,
    _P.FEEDBACK_READ,
    _P.REPORT_READ,
    _P.LIBRARY_READ,
}
_WORKS = _READS | {
    _P.STRATEGY_CHANGE,
    _P.PLAN_UPDATE,
    _P.PLAN_CHANGE,
    _P.PLAN_PUBLISH,
    _P.FEEDBACK_RECORD,
    _P.FEEDBACK_CHANGE,
    _P.DECISION_RECORD,
    _P.REPLY_SEND,
    _P.PEOPLE_READ,
    _P.PEOPLE_CHANGE,
    _P.PEOPLE_IMPORT,
    _P.EQUALITY_READ,
    _P.EQUALITY_RECORD,
    _P.PEOPLE_EXPORT,
    _P.PEOPLE_MERGE,
    _P.REPORT_EDIT,
    _P.REPORT_PUBLISH,
    _P.AUDIT_READ,
    _P.STAFF_INVITE,
}

ROLES: dict[Role, RoleDescription] = {
    Role.ADMINISTRATOR: RoleDescription(
        "Runs the landlord's set-up: settings, staff, roles, sign-in. Says how long records are "
        "kept, and confirms that somebody is forgotten. Can do everything an involvement officer "
        "can.",
        frozenset(
            _WORKS | {_P.SETTINGS_CHANGE, _P.STAFF_MANAGE, _P.PEOPLE_ERASE, _P.PRIVACY_MANAGE}
        ),
    ),
    Role.OFFICER: RoleDescription(
        "Runs involvement day by day: plans, what was said, decisions, replies, reports. Keeps the "
        "directory and invites contributors, but does not change roles or sign-in.",
        frozenset(_WORKS),
    ),
    Role.CONTRIBUTOR: RoleDescription(
        "Updates progress on plan lines and records what residents said. Reads plans and the "
        "log, without residents' contact details.",
        frozenset(_READS | {_P.PLAN_UPDATE, _P.FEEDBACK_RECORD}),
    ),
    Role.MANAGER: RoleDescription(
        "Reads plans, what was said and reports, and in totals who takes part. Agrees and publishes "
        "plans and reports, and records decisions. Opens no resident’s own record.",
        frozenset(
            _READS
            | {
                _P.PLAN_UPDATE,
                _P.PLAN_PUBLISH,
                _P.DECISION_RECORD,
                _P.EQUALITY_READ,
                _P.REPORT_EDIT,
                _P.REPORT_PUBLISH,
                _P.AUDIT_READ,
            }
        ),
    ),
    Role.BOARD: RoleDescription(
        "Reads the board's library: published and signed reports, with the evidence behind each "
        "figure. Sees no residents' details.",
        frozenset({_P.LIBRARY_READ}),
    ),
    Role.GROUP_VIEWER: RoleDescription(
        "Works for the group and reads totals of its landlords, never a single record.",
        frozenset({_P.LIBRARY_READ, _P.GROUP_READ}),
    ),
}


def permissions_of(role: str) -> frozenset[Permission]:
    """What a role may do."""
    return ROLES[Role(role)].permissions


PERMISSION_WORDS: dict[Permission, str] = {
    _P.DESK_OPEN: "Open the desk",
    _P.SETTINGS_CHANGE: "Change the landlord’s settings",
    _P.STAFF_MANAGE: "Change roles and sign-in",
    _P.STAFF_INVITE: "Keep the directory and invite colleagues",
    _P.AUDIT_READ: "See what was changed by whom",
    _P.STRATEGY_READ: "Read the strategy and the groups",
    _P.STRATEGY_CHANGE: "Change the strategy and the groups",
    _P.PLAN_READ: "Read plans",
    _P.PLAN_UPDATE: "Update progress on plan lines",
    _P.PLAN_CHANGE: "Change plans and their lines",
    _P.PLAN_PUBLISH: "Agree and publish plans",
    _P.FEEDBACK_READ: "Read what was said",
    _P.FEEDBACK_RECORD: "Record what was said",
    _P.FEEDBACK_CHANGE: "Change what was recorded, and group it into themes",
    _P.DECISION_RECORD: "Record decisions",
    _P.REPLY_SEND: "Tell people what became of it",
    _P.PEOPLE_READ: "Read residents’ contact details",
    _P.PEOPLE_CHANGE: "Change residents’ contact details",
    _P.PEOPLE_IMPORT: "Bring in the housing system’s list of residents",
    _P.EQUALITY_READ: "Read who takes part compared with who lives here, in totals",
    _P.EQUALITY_RECORD: "Key in equality cards, without reading any answer back",
    _P.PEOPLE_EXPORT: "Take residents’ details out, for a purpose that is written down",
    _P.PEOPLE_MERGE: "Merge two rows that are one person",
    _P.PEOPLE_ERASE: "Erase what is kept about somebody",
    _P.PRIVACY_MANAGE: "Say how long records are kept, and see who looked at whom",
    _P.REPORT_READ: "Read reports at the desk",
    _P.REPORT_EDIT: "Edit the wording of reports",
    _P.REPORT_PUBLISH: "Approve and publish reports",
    _P.LIBRARY_READ: "Open the board’s library",
    _P.GROUP_READ: "Read totals of a group of landlords",
}
