"""The kinds of report there are: what each says, for whom, and when it is made.

Nouns: Kind, Audience. Read by the schedule, the library and the commands.
"""
