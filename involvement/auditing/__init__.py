"""Who changed what, when, for whom, by which channel: in plain sentences, never rewritten.

Nouns: Actor (who acts), Acted (the columns every caused row carries), AuditEntry, Refusal, Writing
(one form over one record, which two people may have open).
Every operation writes here, in its own transaction.
"""
