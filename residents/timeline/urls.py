from django.urls import path

from residents.timeline import views

desk = [path("people/<int:pk>/story/", views.person_story, name="person_story")]
