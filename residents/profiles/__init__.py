"""Equality monitoring: what is asked, answers that nobody can read back, and totals of them.

Nouns: the question set is a questionnaire in versions, seeded from a content pack and the
landlord's own from then on; an EqualityAnswer lies in a sealed table that no process can read, under
a pseudonym made from the person and a secret of the same store; `store` is the only way in and out;
a Link lets a resident answer by themselves; a GuardianConsent stands before a young person's
answers, an Objection ends them; an AgeBand is the landlord's; a Target says by when how many should
have been asked; a Total is a figure somebody else counted.
An answer is for statistics alone. It never picks, shows, finds or rewards a person.
Read by residents.representation. Reading order: `models`, `store`, `packs`, `questions`.
"""
