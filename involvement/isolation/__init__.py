"""Keeps landlords apart: in the ORM, in the database, in tasks and in commands.

Nouns: a `Scope` says which landlord is being served; `LandlordOwned` is the base of every row a
landlord owns. Three fences stand behind one another: the default manager refuses without a scope,
PostgreSQL's row-level security refuses the rows, composite keys refuse the reference.
Everybody reads it. Reading order: `scope`, `models`, `rules`, `backend`, `tasks`.
"""

from involvement.isolation.scope import NoLandlord, for_each, landlord_scope, no_scope

__all__ = ["NoLandlord", "for_each", "landlord_scope", "no_scope"]
