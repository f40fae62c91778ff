"""Who may join what, as data.

Nouns: RuleSet (a landlord's own named rules: all of its conditions must hold), OutsideCheck (a
question only somebody outside can answer, such as arrears), Attestation (that answer for one person:
yes or no, who said so, when, until when; never the case itself), Check (a verdict that was given,
kept with its reasons). Read by whatever somebody joins: bodies, activities, panels, elections.
"""
