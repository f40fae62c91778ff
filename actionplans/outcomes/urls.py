from django.urls import path

from actionplans.outcomes import views

desk = [
    path("decisions/<int:decision>/changed/", views.outcome_record, name="outcome_record"),
    path("outcomes/<int:pk>/", views.outcome_detail, name="outcome_detail"),
    path("outcomes/<int:pk>/change/", views.outcome_change, name="outcome_change"),
    path("outcomes/<int:pk>/evidence/", views.outcome_evidence, name="outcome_evidence"),
    path(
        "outcomes/<int:pk>/evidence/<int:evidence>/",
        views.evidence_download,
        name="evidence_download",
    ),
    path("outcomes/<int:pk>/withdraw/", views.outcome_withdraw, name="outcome_withdraw"),
]
