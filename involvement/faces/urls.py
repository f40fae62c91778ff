"""Addresses of the faces themselves: the first pages, the landlord's colours, the gallery."""

from django.urls import path

from involvement.faces import homes, search, views

app_name = "faces"

urlpatterns = [
    path("", homes.landing, name="landing"),
    path("desk/", homes.desk_home, name="desk_home"),
    path("desk/search/", search.search, name="search"),
    path("health/", homes.health, name="health"),
    path("brand/<str:version>.css", views.brand_css, name="brand_css"),
    path("brand/logo-<str:version>.png", views.logo, name="logo"),
    path("gallery/", views.gallery, name="gallery"),
    path("gallery/<slug:name>/", views.gallery_page, name="gallery_page"),
]
