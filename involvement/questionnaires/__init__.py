"""What is asked: questions, their options and their order, in versions. Knows no respondent.

Nouns: a Definition is a list of Questions with coded Options, read from plain data and checked as a
whole; a Questionnaire has numbered Versions of it, of which one is in use; a Translation carries a
version's words in another language. `forms` draws any part of it, one question a page or a whole
card, and gives back what was Given. Who answers, and where answers are kept, is for the reader:
equality questions (residents.profiles) keep them sealed. Surveys and application forms read it too.
"""
