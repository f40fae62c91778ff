from django.urls import path

from residents.representation.views import completeness
from residents.representation.views import desk as pages

desk = [
    path("representation/", pages.representation, name="representation"),
    path("representation/known/", completeness.completeness, name="completeness"),
    path("representation/take/", pages.figures_take, name="figures_take"),
    path("representation/who-takes-part.<str:form>", pages.representation_file, name="file"),
    path("representation/<int:pk>/<str:code>/", pages.gap_open, name="gap_open"),
]
