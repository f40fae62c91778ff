"""What interests residents, the ways and the time they offer, and how the landlord comes to know.

Nouns: Interest (a subject), Method and MethodWish (a way of taking part, and who would like it),
Offer (time and level), ChosenMethod (the way for one contact, beside the usual one), Expression (“I
would like to take part”, with an owner and a clock), TenancyVisit (the first visit in a new home),
GroupToReach (who is missing, why, with which partners). Each is dated and says where it was said;
what no longer holds is ended and kept.
"""
