from django.urls import path

from structures.strategy.views import desk as views
from structures.strategy.views import public as public_views

desk = [
    path("strategy/", views.strategy_list, name="strategy_list"),
    path("strategy/begin/", views.strategy_add, name="strategy_add"),
    path("strategy/<int:pk>/", views.strategy_detail, name="strategy_detail"),
    path("strategy/<int:pk>/change/", views.strategy_edit, name="strategy_edit"),
    path("strategy/<int:pk>/agree/", views.strategy_agree, name="strategy_agree"),
    path("strategy/<int:pk>/new-version/", views.strategy_version, name="strategy_version"),
    path("strategy/<int:pk>/<slug:kind>/add/", views.part_edit, name="part_add"),
    path("strategy/<int:pk>/<slug:kind>/<int:part>/", views.part_edit, name="part_edit"),
    path("strategy/<int:pk>/<slug:kind>/<int:part>/remove/", views.part_remove, name="part_remove"),
    path("strategy/drivers/", views.driver_list, name="driver_list"),
    path("strategy/drivers/add/", views.driver_edit, name="driver_add"),
    path("strategy/drivers/<int:pk>/", views.driver_edit, name="driver_edit"),
    path("strategy/drivers/<int:pk>/archive/", views.driver_archive, name="driver_archive"),
]
public = [path("strategy/", public_views.strategy, name="strategy")]
