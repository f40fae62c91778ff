"""The people who live in a landlord's homes: for now the least of each.

Nouns: Person. Read by everything that somebody said, was told or took part in.
"""
