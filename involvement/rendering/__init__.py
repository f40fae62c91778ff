"""Turns records into things people read: pages on paper, charts, plain text and Braille.

It knows no landlord, no report and no database. Callers hand it words and figures and get back
PDF/UA, SVG, HTML or text; the same input always gives the same output.

`pdf` makes tagged PDF from HTML, `tagging` repairs what the maker leaves undone, `checks` says
what is still wrong with a PDF, `documents` frames HTML as a document in the landlord's colour,
`charts` draws figures, `text` turns documents into plain words, `markdown` reads officers' prose.
"""
