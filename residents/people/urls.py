from django.urls import path

from residents.people.views import homes, moves, people
from residents.people.views import my as mine

desk = [
    path("people/", people.person_list, name="person_list"),
    path("people/add/", people.person_add, name="person_add"),
    path("people/<int:pk>/", people.person_detail, name="person_detail"),
    path("people/<int:pk>/change/", people.person_change, name="person_change"),
    path("people/<int:pk>/move/", moves.person_move, name="person_move"),
    path("people/<int:pk>/gone/<slug:how>/", moves.person_gone, name="person_gone"),
    path("people/<int:pk>/back/", moves.person_back, name="person_back"),
    path("people/<int:pk>/tags/", moves.tag_put, name="tag_put"),
    path("people/<int:pk>/tags/<int:tag_pk>/off/", moves.tag_take_off, name="tag_take_off"),
    path("homes/", homes.home_list, name="home_list"),
    path("homes/add/", homes.home_add, name="home_add"),
    path("homes/<int:pk>/", homes.home_detail, name="home_detail"),
    path("homes/<int:pk>/change/", homes.home_change, name="home_change"),
]
my = [path("details/", mine.details, name="details")]
