"""What a report says, read off the thread as it stood on one day, and frozen.

Nouns: Facts (everything one report says), Figure (a number with its code and its evidence),
SaidAndDone (one theme: what was said, what became of it). `queries.facts_of` reads them from the
database in a fixed number of queries; `frozen` turns them into JSON with a checksum and back, and
nothing else is needed to print a report again.
"""
