"""Files in and out: upload, preview, confirm, for every importer; and tables written back.

Nouns: Table (what a CSV or XLSX file holds, as text), FieldSpec and Mapping (which heading feeds
which field), RowProblem and Preview (what would happen, in plain words, before anything does),
Upload and SavedMapping. Knows no importer; each capability brings its fields and its operations.
"""
