"""What changed because of a decision, how sure we are, and what shows it.

Nouns: Outcome, OutcomeEvidence. A "we did" without evidence is a broken thread.
"""
