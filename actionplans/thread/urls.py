from django.urls import path

from actionplans.thread import views

desk = [
    path("thread/", views.broken_list, name="broken_list"),
    path("thread/clear/", views.broken_clear, name="broken_clear"),
]
