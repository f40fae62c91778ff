"""The housing system's lists of people and homes: brought in, compared, applied, told.

Nouns: Source (a system that sends lists, with the fields its headings feed), Intake (one file, from
its arrival until it is brought in or set aside), StagedRow (a row of it that can be read, compared
with the register), RefusedRow (one that cannot, and why), Token (what a system shows to send files
over the web). The housing system is the master of what it owns; what is ours is never overwritten.
"""
