from django.urls import path

from residents.preferences.views import my as mine
from residents.preferences.views import person, purposes

desk = [
    path("people/<int:pk>/reach/", person.person_reach, name="person_reach"),
    path("people/<int:pk>/reach/ways/", person.person_ways, name="person_ways"),
    path("people/<int:pk>/reach/needs/", person.person_needs, name="person_needs"),
    path(
        "people/<int:pk>/reach/consent/<int:purpose>/",
        person.person_consent,
        name="person_consent",
    ),
    path("settings/consent/", purposes.purpose_list, name="purpose_list"),
    path("settings/consent/<int:pk>/", purposes.purpose_detail, name="purpose_detail"),
    path("settings/consent/<int:pk>/words/", purposes.purpose_wording, name="purpose_wording"),
    path("settings/consent/<int:pk>/put/", purposes.purpose_put, name="purpose_put"),
]
my = [
    path("needs/", mine.needs, name="needs"),
    path("consents/", mine.consent_list, name="consent_list"),
    path("consents/<int:purpose>/", mine.consent, name="consent"),
]
