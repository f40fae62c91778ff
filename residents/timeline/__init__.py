"""One person's story, newest first, told by every capability that knows a part of it.

Nouns: Moment, Teller. Read by the person's page and the phone screen. Keeps no rows of its own.
"""
