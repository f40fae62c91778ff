"""How floors meet: what upper capabilities put into lower ones, as dotted paths.

A capability that fills a slot, binds a port or is found by the search box adds its line here.
"""

from __future__ import annotations

# What each name asks for stands in the `ports.py` of the lower capability.
PORTS: dict[str, str] = {
    "delivery.listener": "involvement.delivery.ports.NOBODY",
    "feedback.who_was_told": "actionplans.replies.operations.forgetting.WHO_WAS_TOLD",
    "privacy.sealed_answers": "residents.profiles.handing_over.OWN_ANSWERS",
    "representation.gap_line": "actionplans.plans.operations.gap_lines.GAP_LINES",
}
# Slots of pages, filled by capabilities above them.
PANELS: dict[str, list[str]] = {
    "decisions.decision": [
        "actionplans.plans.panels.DECISION",
        "actionplans.outcomes.panels.DECISION",
        "actionplans.replies.panels.DECISION",
    ],
    "outcomes.outcome": ["actionplans.replies.panels.OUTCOME"],
    "desk.home": [
        "involvement.landlords.panels.first_run",
        "actionplans.thread.panels.HOME",
        "actionplans.replies.panels.HOME",
        "residents.interests.panels.HOME",
        "residents.feeds.panels.HOME",
        "residents.signin.panels.HOME",
        "reporting.library.panels.DRAFTS",
    ],
    "public.home": ["reporting.library.panels.YOU_SAID"],
    "my.home": ["actionplans.thread.panels.MINE"],
    "accounts.demo": ["residents.signin.panels.DEMO"],
    "desk.home_side": ["actionplans.thread.panels.SIDE"],
    "themes.thread": ["actionplans.thread.panels.THEME"],
    "feedback.thread": ["actionplans.thread.panels.FEEDBACK"],
    "plans.line_thread": ["actionplans.thread.panels.LINE"],
    "residents.person": [
        "residents.preferences.panels.PERSON",
        "residents.representatives.panels.PERSON",
        "residents.interests.panels.PERSON",
        "residents.participation.panels.PERSON",
        "residents.eligibility.panels.PERSON",
        "actionplans.feedback.panels.PERSON",
        "actionplans.replies.panels.PERSON",
        "residents.profiles.panels.PERSON",
        "residents.timeline.panels.PERSON",
    ],
    "landlords.settings": [
        "involvement.delivery.panels.SETTINGS",
        "residents.preferences.panels.SETTINGS",
        "residents.profiles.panels.SETTINGS",
    ],
    "landlords.section": ["actionplans.feedback.panels.MAIL"],
    "residents.person_side": [
        "residents.signin.panels.PERSON",
        "residents.duplicates.panels.PERSON",
        "residents.privacy.panels.PERSON",
    ],
    "residents.phone": [
        "residents.preferences.panels.PERSON",
        "residents.representatives.panels.PERSON",
        "residents.timeline.panels.PERSON",
    ],
    "privacy.erasure": ["residents.duplicates.panels.ERASURE"],
    "structures.body": [
        "actionplans.feedback.panels.BODY",
        "actionplans.decisions.panels.BODY",
    ],
}
# What each capability tells of a person's story: dotted paths of `residents.timeline.ports.Teller`.
TIMELINES: list[str] = [
    "residents.people.moments.TELLER",
    "residents.participation.moments.TELLER",
    "residents.representatives.moments.TELLER",
    "residents.eligibility.moments.TELLER",
    "actionplans.feedback.moments.TELLER",
    "actionplans.replies.moments.TELLER",
]
# What can be done for somebody on the telephone, and what is due to them: dotted paths of tuples of
# `residents.phone.ports.Act`, and of `residents.phone.ports.DueTeller`.
PERSON_ACTS: list[str] = [
    "actionplans.feedback.acts.ACTS",
    "residents.interests.acts.ACTS",
    "residents.participation.acts.ACTS",
    "residents.eligibility.acts.ACTS",
    "residents.people.acts.ACTS",
    "residents.preferences.acts.ACTS",
    "residents.representatives.acts.ACTS",
    "residents.profiles.acts.ACTS",
    "residents.privacy.acts.ACTS",
]
PHONE_DUES: list[str] = [
    "actionplans.replies.dues.DUES",
    "residents.interests.dues.DUES",
    "residents.privacy.dues.DUES",
    "actionplans.feedback.dues.DUES",
]
# What needs somebody who is signed in as a resident, for their first page: dotted paths of
# `residents.signin.ports.NeedTeller`, each in its capability's `needs.py`, in this order.
MY_NEEDS: list[str] = [
    "actionplans.replies.needs.NEEDS",
    "residents.people.needs.NEEDS",
    "residents.interests.needs.NEEDS",
]
# What each capability keeps about people, to show, move, forget: dotted paths of one or of several
# `residents.privacy.ports.Holder`. Every model with a key to a person is in one of them.
HOLDERS: list[str] = [
    "residents.people.holding.HOLDERS",
    "residents.participation.holding.HOLDERS",
    "residents.segments.holding.HOLDERS",
    "residents.eligibility.holding.HOLDERS",
    "residents.representatives.holding.HOLDERS",
    "residents.preferences.holding.HOLDERS",
    "residents.interests.holding.HOLDERS",
    "residents.profiles.holding.HOLDERS",
    "residents.privacy.holding.HOLDERS",
    "residents.duplicates.holding.HOLDERS",
    "residents.signin.holding.HOLDERS",
    "residents.feeds.holding.HOLDERS",
    "residents.exports.holding.HOLDERS",
    "actionplans.feedback.holding.HOLDERS",
    "actionplans.replies.holding.HOLDERS",
]
# What a retention schedule speaks of: dotted paths of tuples of `residents.privacy.kinds.Kind`.
RETENTION_KINDS: list[str] = [
    "residents.privacy.operations.kinds.KINDS",
    "residents.participation.kinds.KINDS",
    "residents.interests.kinds.KINDS",
    "residents.feeds.kinds.KINDS",
    "actionplans.feedback.kinds.KINDS",
]
# Texts that are not searched for a person's name when they ask what is kept, as "app.Model" or
# "app.Model.field" → why. Every other text is.
UNSEARCHED_TEXT: dict[str, str] = {
    "involvement.AuditEntry": "a person's own history is in their pack as history",
    "actionplans.SaidWord": "the database makes it from the words, which are searched",
    "involvement.InboundMessage.from_address": "an address names nobody",
    "involvement.InboundMessage.to_address": "an address of ours",
    "involvement.Receipt": "is what a provider calls things, and our own words",
    "involvement.Message.to_address": "an address names nobody, and their own messages are held",
    "residents.Person": "their own row is in their pack as it is; another's is not about them",
    "residents.Mention": "is what such a search found",
    "residents.AccessRequest": "is about the request itself",
}
# The questions that choose people, for segments and for rules of who may join: dotted paths of
# tuples of `residents.segments.conditions.Condition`. None may ask the equality answers.
SEGMENT_CONDITIONS: list[str] = [
    "residents.people.conditions.CONDITIONS",
    "residents.preferences.conditions.CONDITIONS",
    "residents.interests.conditions.CONDITIONS",
    "residents.participation.conditions.CONDITIONS",
]
# The lists that can be taken out as a file: dotted paths of tuples of
# `involvement.wiring.lists.ListToExport`.
EXPORTS: list[str] = [
    "residents.exports.taken_out.LISTS",
    "residents.segments.taken_out.LISTS",
    "residents.interests.taken_out.LISTS",
    "residents.eligibility.taken_out.LISTS",
    "residents.representatives.taken_out.LISTS",
    "residents.duplicates.taken_out.LISTS",
    "residents.representation.taken_out.LISTS",
    "residents.feeds.taken_out.LISTS",
    "residents.privacy.taken_out.LISTS",
    "actionplans.feedback.taken_out.LISTS",
    "actionplans.decisions.taken_out.LISTS",
    "actionplans.plans.taken_out.LISTS",
    "actionplans.replies.taken_out.LISTS",
    "actionplans.thread.taken_out.LISTS",
    "involvement.delivery.taken_out.LISTS",
    "involvement.accounts.taken_out.LISTS",
]
# The steps of a new landlord's set-up, in order: dotted paths of tuples of `landlords.first_run.Step`.
FIRST_RUN = [
    "involvement.landlords.first_run.STEPS",
    "involvement.accounts.first_run.STEPS",
]
# The lists of the floors above that a landlord keeps on its settings pages: `landlords.registers.Register`.
REGISTERS: list[str] = [
    "residents.people.registers.CUSTOMER_TYPES",
    "residents.interests.registers.METHODS",
]
# What a new landlord begins with, planted as it is founded: operations taking `by` and `at`.
FOUNDING: list[str] = [
    "residents.people.operations.found",
    "residents.preferences.operations.found",
    "residents.interests.operations.found",
    "residents.profiles.operations.found",
]
# What `seed_world` plants in each landlord, in this order: `seed(landlord, canary, rng) -> dict`.
SEEDERS = [
    "residents.duplicates.seeding.seed",
    "involvement.delivery.seeding.seed",
    "reporting.library.seeding.seed",
    "residents.profiles.seeding.seed",
    "residents.exports.seeding.seed",
]

# What the desk's first sentence counts: callables taking the request and giving a clause such as
# "three threads are broken", or "" where nothing waits.
TODAY: list[str] = [
    "actionplans.thread.panels.broken_clause",
    "actionplans.thread.panels.replies_clause",
    "actionplans.plans.queries.lines.late_clause",
    "residents.interests.panels.waiting_clause",
    "residents.interests.panels.visits_clause",
    "residents.feeds.panels.lists_clause",
    "residents.signin.panels.ring_clause",
    "reporting.library.panels.drafts_clause",
    "residents.privacy.panels.late_clause",
]
# What the desk's search box asks, in the order it shows what they find (involvement.faces.search).
FINDERS: list[str] = [
    "residents.people.finder.people",
    "residents.people.finder.homes",
    "structures.bodies.finder.groups",
    "actionplans.plans.finder.lines",
    "actionplans.feedback.finder.pieces",
    "actionplans.feedback.finder.themes",
]

# Fill each landlord of the demonstration, in the order of the floors (involvement.demo).
DEMO_LOADERS = [
    "involvement.demo.landlord.load",
    "residents.demo.people.load",
    "residents.demo.reach.load",
    "residents.demo.taking_part.load",
    "structures.demo.bodies.load",
    "structures.demo.strategy.load",
    "actionplans.demo.plan.load",
    "actionplans.demo.thread.load",
    "residents.demo.operations.load",
    "residents.demo.equality.load",
    # Looks for who is named in what was said, so it comes after that
    "residents.demo.privacy.load",
    "residents.demo.counting.load",
    "reporting.demo.report.load",
]
