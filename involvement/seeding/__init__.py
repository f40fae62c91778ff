"""Two invented landlords of the same shape, for tests that come from outside.

Nouns: a World is two landlords alike in everything but their canary, a word that stands in every
text of one landlord and nowhere else, so that a leak shows by itself. A capability whose rows need
more sense than `RowMaker` has registers `seed(landlord, canary, rng) -> dict` in settings.SEEDERS.
`manage.py seed_world` and the tests of isolation read it.
"""
