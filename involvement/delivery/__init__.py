"""The outbox: what is to be sent, by which channel, and what became of it.

Nouns: Message (one to one address), LetterBatch (letters printed and posted together). Knows an
address, not a person. Capabilities that send keep a key to the Message.
"""
