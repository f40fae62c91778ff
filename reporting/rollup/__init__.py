"""A group of landlords, side by side: totals of each member and of all, and nothing below them.

Nouns: Totals, of one landlord; Member, a landlord with its totals; a roll-up of all members. Every
number is counted by a `queries_group` of the capability it belongs to, in the read-only scope of
one member at a time. They count lines, things said, threads and reports, never people, so no
number needs hiding. Read by those who hold `group.read` in a landlord that is a group.
"""
