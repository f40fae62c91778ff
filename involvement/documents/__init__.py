"""Files that records hold: evidence, logos' originals, papers.

Nouns: StoredFile. A file has no address of its own; it opens only through the record that holds
it, after that record's policy, by `queries.download`.
"""
