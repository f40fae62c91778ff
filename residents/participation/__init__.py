"""The one fact that somebody took part: in what, when, for how long, by which channel.

Nouns: Participation. What happened has a home of its own (a meeting, a course, a survey, something
said) and holds a key to this fact or is named in its `source`; timelines, representation, rewards
and every count of people read it here. Distinct people, attendances and contacts are three
different counts. Read by representation, interests (who has not taken part), segments, reporting.
"""
