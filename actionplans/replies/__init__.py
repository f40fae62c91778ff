"""Who was told of a decision, how and when, and whether they say it happened.

Nouns: Reply (one statement's speaker told of one decision), Verdict (their answer weeks later).
"""
