"""Time as landlords write it, and as the product counts it.

Its nouns: a *day* (where it begins and ends in the zone in force), a *deadline* (words kept
exactly, read where they can be read), a *period* (month, quarter, financial year, range), a
*working day* (England's weekdays without bank holidays), a *repeat* (annually, quarterly, each
term). Pure functions without models or a clock: whoever calls them says what day it is. Every
package above reads it.
"""
