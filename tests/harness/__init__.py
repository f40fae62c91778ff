"""The strict harness: kinds of mistake that no test here lets pass, whatever it is about.

Each module makes one kind impossible for every test; `tests/architecture/test_harness.py` shows
that each of them bites. Reading order: `warned`, `network`, `clock`, `templates`, `queries`,
`requests`.
"""
