from django.urls import path

from residents.phone import views

desk = [
    path("phone/", views.caller_find, name="caller_find"),
    path("phone/<int:pk>/", views.caller, name="caller"),
]
