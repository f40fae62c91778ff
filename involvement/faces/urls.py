"""Addresses of the faces themselves: the landlord's colours and the gallery of components."""

from django.urls import path

from involvement.faces import views

app_name = "faces"

urlpatterns = [
    path("brand/<str:version>.css", views.brand_css, name="brand_css"),
    path("brand/logo-<str:version>.png", views.logo, name="logo"),
    path("gallery/", views.gallery, name="gallery"),
    path("gallery/<slug:name>/", views.gallery_page, name="gallery_page"),
]
