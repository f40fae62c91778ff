from django.urls import path

from structures.bodies import views

desk = [
    path("groups/", views.body_list, name="body_list"),
    path("groups/add/", views.body_edit, name="body_add"),
    path("groups/<int:pk>/", views.body_detail, name="body_detail"),
    path("groups/<int:pk>/change/", views.body_edit, name="body_edit"),
    path("groups/<int:pk>/close/", views.body_close, name="body_close"),
]
