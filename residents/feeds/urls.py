from django.urls import path

from residents.feeds.views import door, erased, intakes, sources

desk = [
    path("people/lists/", sources.feed_list, name="feed_list"),
    path("people/lists/erased/", erased.reference_release, name="reference_release"),
    path("people/lists/sources/add/", sources.source_add, name="source_add"),
    path("people/lists/sources/<int:pk>/", sources.source_detail, name="source_detail"),
    path("people/lists/sources/<int:pk>/change/", sources.source_change, name="source_change"),
    path("people/lists/sources/<int:pk>/put-away/", sources.source_archive, name="source_archive"),
    path("people/lists/sources/<int:pk>/token/", sources.token_make, name="token_make"),
    path("people/lists/tokens/<int:pk>/revoke/", sources.token_revoke, name="token_revoke"),
    path("people/lists/sources/<int:pk>/send/", intakes.intake_send, name="intake_send"),
    path("people/lists/<int:pk>/", intakes.intake_detail, name="intake_detail"),
    path("people/lists/<int:pk>/columns/", intakes.intake_columns, name="intake_columns"),
    path("people/lists/<int:pk>/bring-in/", intakes.intake_confirm, name="intake_confirm"),
    path("people/lists/<int:pk>/set-aside/", intakes.intake_aside, name="intake_aside"),
    path("people/lists/<int:pk>/refused.csv", intakes.intake_refused, name="intake_refused"),
]
public = [path("lists/<slug:slug>/", door.receive, name="receive")]
