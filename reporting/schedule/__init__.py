"""When each kind of report is made: by the landlord's own financial calendar, once each.

Nouns: ReportSchedule (a landlord's own choice for one kind; the catalogue's stands where it has
made none), Due (a period whose report should be there by now). The library's timer reads it.
"""
