from django.urls import path

from residents.signin.views import desk as views
from residents.signin.views import entrance
from residents.signin.views import my as own

desk = [
    path("people/<int:pk>/sign-in/letter/", views.letter_write, name="letter_write"),
    path("people/<int:pk>/sign-in/revoke/", views.codes_revoke, name="codes_revoke"),
    path("people/<int:pk>/sign-in/out/", views.signed_out, name="signed_out"),
    path("ring/", views.call_list, name="call_list"),
    path("ring/<int:pk>/done/", views.call_rung, name="call_rung"),
]
my = [
    path("", own.home, name="home"),
    path("for/", own.whom, name="whom"),
    path("out/", own.out, name="out"),
    path("sign-in/", entrance.ask, name="ask"),
    path("sign-in/code/", entrance.code, name="code"),
    path("sign-in/link/<str:token>/", entrance.link, name="link"),
    path("sign-in/letter/", entrance.letter, name="letter"),
    path("sign-in/who/", entrance.who, name="who"),
    path("sign-in/ring/", entrance.ring, name="ring"),
    path("sign-in/ring/thank-you/", entrance.ring_thanks, name="ring_thanks"),
    path("sign-in/demo/", entrance.demo, name="demo"),
    path("sign-in/gone/", own.gone, name="gone"),
]
