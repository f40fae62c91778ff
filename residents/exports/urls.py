from django.urls import path

from residents.exports import views

desk = [
    path("people/taken-out/", views.export_list, name="export_list"),
    path("people/taken-out/<slug:which>/", views.export_ask, name="export_ask"),
    path("people/taken-out/<int:pk>/file/", views.export_file, name="export_file"),
]
