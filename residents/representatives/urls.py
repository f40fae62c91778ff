from django.urls import path

from residents.representatives import views

desk = [
    path("people/acting/", views.authority_list, name="authority_list"),
    path("people/<int:pk>/acting/", views.person_authorities, name="person_authorities"),
    path("people/<int:pk>/acting/add/", views.authority_give, name="authority_give"),
    path("people/acting/<int:pk>/change/", views.authority_change, name="authority_change"),
    path("people/acting/<int:pk>/end/", views.authority_end, name="authority_end"),
]
