from django.urls import path

from residents.segments import views

desk = [
    path("segments/", views.segment_list, name="segment_list"),
    path("segments/add/", views.segment_add, name="segment_add"),
    path("segments/<int:pk>/", views.segment_detail, name="segment_detail"),
    path("segments/<int:pk>/change/", views.segment_change, name="segment_change"),
    path("segments/<int:pk>/people/", views.segment_people, name="segment_people"),
    path("segments/<int:pk>/count/", views.segment_count, name="segment_count"),
    path("segments/<int:pk>/put-away/", views.segment_put, name="segment_put"),
    path("segments/<int:pk>/ask/", views.condition_choose, name="condition_choose"),
    path(
        "segments/<int:pk>/ask/<int:group>/<slug:key>/", views.condition_set, name="condition_set"
    ),
    path(
        "segments/<int:pk>/ask/<int:group>/<slug:key>/<int:place>/",
        views.condition_set,
        name="condition_change",
    ),
    path(
        "segments/<int:pk>/ask/<int:group>/<int:place>/take-out/",
        views.condition_drop,
        name="condition_drop",
    ),
    path("segments/<int:pk>/join/<int:group>/", views.group_join, name="group_join"),
    path("segments/<int:pk>/pick/", views.pick, name="pick"),
    path("segments/<int:pk>/pick/<int:row>/undo/", views.pick_undo, name="pick_undo"),
]
