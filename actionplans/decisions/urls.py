from django.urls import path

from actionplans.decisions import views

desk = [
    path("decisions/", views.decision_list, name="decision_list"),
    path("decisions/<int:pk>/", views.decision_detail, name="decision_detail"),
    path("decisions/<int:pk>/change/", views.decision_change, name="decision_change"),
    path("decisions/<int:pk>/replace/", views.decision_replace, name="decision_replace"),
    path("decisions/<int:pk>/minority/", views.decision_minority, name="decision_minority"),
    path("decisions/<int:pk>/take-back/", views.decision_withdraw, name="decision_withdraw"),
    path("said/themes/<int:theme>/decide/", views.decision_record, name="decision_record"),
]
