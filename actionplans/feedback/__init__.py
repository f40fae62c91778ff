"""What residents said, in their own words, and the themes that people make of it.

Nouns: Feedback (one thing said by one speaker), Theme (what several said in common), ThemeEntry
(who put which feedback into which theme, and when). The first two stations of the golden thread.
Read by decisions, replies, reports; written by officers, by residents on the public page, by
imports and by e-mail.
"""
