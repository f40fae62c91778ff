"""How residents sign in, and the first page they come to.

Nouns: SignInCode (a code by e-mail or text, or in a letter; only its hash is kept), ResidentSession
(that somebody is signed in on one device, apart from staff's log-ins), CallBack (somebody asked to
be rung), Visit (who is signed in on a request, and for whom they act). `doors` has the decorator of
every page under `/my/`; `ports` the slot of what needs a person. Reading order: `codes`, `reached`,
`models`, `queries`, `operations`.
"""
