from django.urls import path

from reporting.rollup import views

board = [
    path("group/", views.group_totals, name="group_totals"),
    path("group/totals.csv", views.group_totals_file, {"form": "csv"}, name="totals_csv"),
    path("group/totals.xlsx", views.group_totals_file, {"form": "xlsx"}, name="totals_xlsx"),
]
