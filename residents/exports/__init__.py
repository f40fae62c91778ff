"""Lists of residents taken out as files: what for, how many, by whom, and gone after a week.

Nouns: Export (one file somebody took out, until it is deleted), ListToExport (what can be taken out;
each capability names its own in `settings.EXPORTS`). Every export stands in the register of who took
personal data out.
"""
