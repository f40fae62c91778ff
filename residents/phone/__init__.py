"""The screen for a telephone call: who is ringing, what they need, what is coming, what we owe
them, and every act that can be done for them while they speak.

Nouns: Act, Due. Keeps no rows of its own: each capability says what it can do for a person
(`settings.PERSON_ACTS`) and what is due to one (`settings.PHONE_DUES`).
"""
