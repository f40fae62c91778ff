"""The outbox: what is to be sent, by which channel and provider, and what became of it.

Nouns: Message (one to one address), LetterBatch (letters printed and posted together), Provider
(who carries messages for a landlord), DeliveryAttempt (one try, kept for good), Receipt (what a
provider told us of a message), InboundMessage (what somebody wrote back). Knows an address, not a
person: who wrote is for whoever is bound to `ports.Listener`. Capabilities that send keep a key to
the Message. `transports` speak to providers, `callbacks` read what they tell us, `sending` has what
is due sent, each message at most once (docs/adr/0012).
"""
