from django.urls import path

from residents.profiles.views import my as mine
from residents.profiles.views import people, questions, totals
from residents.profiles.views import public as own

desk = [
    path("people/<int:pk>/equality/", people.person_equality, name="person_equality"),
    path("people/<int:pk>/equality/card/", people.card_key_in, name="card_key_in"),
    path("people/<int:pk>/equality/link/", people.link_send, name="link_send"),
    path("people/<int:pk>/equality/consent/", people.consent_record, name="consent_record"),
    path("people/<int:pk>/equality/<slug:act>/", people.standing_change, name="standing_change"),
    path("equality/questions/", questions.question_list, name="question_list"),
    path("equality/questions/answers/", questions.mapping_edit, name="mapping_edit"),
    path("equality/questions/act/<slug:act>/", questions.question_act, name="question_act"),
    path("equality/questions/<slug:code>/", questions.question_edit, name="question_edit"),
    path("equality/totals/", totals.totals, name="totals"),
    path("equality/totals/<int:pk>/", totals.totals_preview, name="totals_preview"),
    path("equality/totals/<int:pk>/settle/", totals.totals_settle, name="totals_settle"),
    path("equality/age-bands/", questions.age_bands, name="age_bands"),
]
public = [path("equality/<str:token>/", own.answer, name="answer")]
my = [path("equality/", mine.equality, name="equality")]
