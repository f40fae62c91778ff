from django.urls import path

from actionplans.replies.views import desk as views
from actionplans.replies.views import public as public_views

desk = [
    path("replies/", views.replies_due, name="replies_due"),
    path("replies/calls/", views.calls, name="calls"),
    path("replies/calls/<int:pk>/done/", views.call_done, name="call_done"),
    path("decisions/<int:decision>/tell/", views.tell, name="tell"),
    path("decisions/<int:decision>/told/", views.told, name="told"),
    path("decisions/<int:decision>/did-it-happen/", views.verdicts, name="verdicts"),
    path("did-it-happen/<int:pk>/", views.verdict_key_in, name="verdict_key_in"),
]
my = [
    path("did-it-happen/<int:pk>/", public_views.own_verdict_answer, name="verdict_answer"),
]
public = [
    path("did-it-happen/<str:token>/", public_views.verdict_answer, name="verdict_answer"),
]
