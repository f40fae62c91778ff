"""What the landlord set out to do, in its own words, and with whom it agreed it.

Nouns: Strategy (with versions and a next review), Aim, Objective, Standard (local offers among
them), Priority (of residents, with the event it came from), Driver (a dated library of laws and
reasons), Consultation (who was asked, how many came), Agreement (who agreed it, when).
Lines of plans point at an Objective or a Priority; bodies and activities will.
"""
