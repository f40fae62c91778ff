"""The project and the ground floor: what every other package stands on.

Landlords and their isolation, accounts, auditing, calendars, delivery, documents, importing,
rendering and the faces of the site. It imports nothing from the floors above it.
"""
