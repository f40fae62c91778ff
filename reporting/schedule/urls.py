from django.urls import path

from reporting.schedule import views

desk = [path("reports/schedule/", views.schedule, name="schedule")]
