"""How the database checks the keys of many rows at once."""

from __future__ import annotations

from django.db import connection


def plan_anew() -> None:
    """Let PostgreSQL plan its checks of keys afresh. To be called where many rows were written, in
    their transaction: keys are checked when it ends.

    A session keeps the plan it checks a key by. One made while the table was all but empty may walk
    all of a landlord's rows by an index that merely begins with the landlord, and would do so for
    each of the rows just written, until the statistics are next brought up to date.
    """
    with connection.cursor() as cursor:
        cursor.execute("DISCARD PLANS")
