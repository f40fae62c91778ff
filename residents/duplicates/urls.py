from django.urls import path

from residents.duplicates import views

desk = [
    path("people/duplicates/", views.pair_list, name="pair_list"),
    path("people/duplicates/look/", views.look_again, name="look_again"),
    path("people/duplicates/choose/", views.pair_choose, name="pair_choose"),
    path("people/duplicates/<int:first>/<int:second>/", views.pair_compare, name="pair_compare"),
    path("people/duplicates/<int:pk>/two/", views.pair_dismiss, name="pair_dismiss"),
    path("people/duplicates/<int:pk>/back/", views.pair_back, name="pair_back"),
    path("people/merges/<int:pk>/undo/", views.merge_undo, name="merge_undo"),
]
