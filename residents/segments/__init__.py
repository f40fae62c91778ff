"""Named groups of people that keep themselves up to date: rules, hand tags, and people put in or
left out by hand.

Nouns: Condition (one question about a person, brought by the capability that knows the answer),
Segment (conditions joined by “all” or “any”, nested one level), HandPick. A segment shows how many
it holds and the first names before it is used. Read by eligibility, messaging, surveys and lists.
Equality answers are no condition, and no capability may bring one that is.
"""
