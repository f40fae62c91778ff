"""Action plans: what was promised, by whom, by when, who watches it, and how it goes.

Nouns: Plan (a draft, then agreed, published, archived), Line (a row of a plan, in a tree whose
levels and columns have the landlord's own names), LineOwner and LineMonitor (the words of the
plan, with keys once they are matched), Target, YearMark (a mark in a year's column), ProgressNote
and its evidence, LineLink (lines that share progress), SmartReason, PlanVersion (frozen),
PlanFile (a spreadsheet that was brought in), UpdateLink (one line for a colleague who never signs
in), Reminder.

Officers write plans, contributors their progress, managers agree and publish; boards and residents
read. Decisions, outcomes, threads and reports point down here.
"""
