"""Two rows that may be one person: found, looked at side by side, merged, and split again.

Nouns: a DuplicatePair is a guess with its reasons, open until somebody settles it; a Merge is the
act, with all it changed, so that for 30 days it can be undone exactly.
"""
