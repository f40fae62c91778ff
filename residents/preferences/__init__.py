"""How residents wish to be reached: ways and times, language, formats, support, and what they allow.

Nouns: Way (a channel, in their order, and when), Need (a language, a format or support they asked
for; shown to whoever works with them and never counted with equality answers), Purpose and Wording
(what the landlord may ask leave for, and the exact words), Consent (one explicit act: given,
refused or withdrawn). Each carries who said so, how and when; what no longer holds is ended and
kept. Read by letters, replies, invitations and whoever books somebody in.
"""
