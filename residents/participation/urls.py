from django.urls import path

from residents.participation import views

desk = [
    path("took-part/", views.participation_list, name="participation_list"),
    path("took-part/record/", views.participation_record, name="participation_record"),
    path("took-part/<int:pk>/", views.participation_correct, name="participation_correct"),
    path(
        "took-part/<int:pk>/withdraw/", views.participation_withdraw, name="participation_withdraw"
    ),
]
