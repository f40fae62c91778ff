"""What every page looks like: layouts, navigation, components, the landlord's colour, the gallery.

Nouns: a *face* is one of the four sides of the site (public, my, desk, board); a *component* is a
part shown at `/gallery/` and drawn by a tag of `{% load faces %}`; a *brand* is one colour a landlord
chose. Every page of every room reads this; it knows nobody.
"""
