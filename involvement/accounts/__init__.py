"""Who works here, who may sign in, and what they may do.

Nouns: User (one log-in, global), Membership (a user's role at one landlord), StaffMember (the
directory, whether they sign in or not), Team, Invitation, SignInRule, Permission, Role.
`doors` holds the decorators through which every page is opened.
"""
