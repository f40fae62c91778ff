"""Reports: made once, frozen, worded, approved, published, and never changed after that.

Nouns: Report (its frozen facts and where it stands), Wording (one change of our own words, kept
beside the facts), ReportFile (the report as PDF, large print or plain text). A worker makes a
report under a lease with a heartbeat: `making`. Officers, boards and the public read them.
"""
