"""Who the customer is: a council, an ALMO, a housing association, a trust, or a group of them.

Nouns: Landlord, Unit, Place, Subject (the one classification of services and topics), Level (rungs
of the landlord's scheme), Word (its own nouns), GlossaryTerm, Domain.
Everybody reads it. Landlord and Domain are shared tables; all others are the landlord's own.
"""
