"""What a landlord owes a person about what it keeps of them: to show it, to forget it, to say why.

Nouns: a Holder is a capability's answer for every row it keeps with a key to a person; `ports` says
what it must be able to do and `settings.HOLDERS` names them all. A capability writes its own in
`holding.py`, mostly with `operations.keys.KeyHolder`.
"""
