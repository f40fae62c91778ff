from django.urls import path

from residents.eligibility import views

desk = [
    path("joining/", views.rule_set_list, name="rule_set_list"),
    path("joining/add/", views.rule_set_add, name="rule_set_add"),
    path("joining/<int:pk>/", views.rule_set_detail, name="rule_set_detail"),
    path("joining/<int:pk>/change/", views.rule_set_change, name="rule_set_change"),
    path("joining/<int:pk>/put-away/", views.rule_set_put, name="rule_set_put"),
    path("joining/<int:pk>/ask/", views.condition_choose, name="condition_choose"),
    path("joining/<int:pk>/ask/<slug:key>/", views.condition_set, name="condition_set"),
    path(
        "joining/<int:pk>/ask/<slug:key>/<int:place>/",
        views.condition_set,
        name="condition_change",
    ),
    path(
        "joining/<int:pk>/conditions/<int:place>/take-out/",
        views.condition_drop,
        name="condition_drop",
    ),
    path("joining/verdicts/<int:pk>/", views.verdict, name="verdict"),
    path("joining/checks/add/", views.outside_check_add, name="outside_check_add"),
    path("joining/checks/<int:pk>/", views.outside_check_change, name="outside_check_change"),
    path("joining/checks/<int:pk>/put-away/", views.outside_check_put, name="outside_check_put"),
    path("people/<int:pk>/joining/", views.person_joining, name="person_joining"),
    path("people/<int:pk>/joining/<int:asked>/", views.attest, name="attest"),
]
