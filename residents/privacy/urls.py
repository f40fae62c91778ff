from django.urls import path

from residents.privacy.views import access, complaints, erasing, hub, retention
from residents.privacy.views import public as anybody

desk = [
    path("privacy/", hub.hub, name="hub"),
    path("privacy/settled/", hub.settled, name="settled"),
    path("privacy/looks/", hub.look_list, name="look_list"),
    path("privacy/access/add/<int:person>/", access.access_add, name="access_add"),
    path("privacy/access/<int:pk>/", access.access_detail, name="access_detail"),
    path(
        "privacy/access/<int:pk>/texts/<int:mention>/",
        access.mention_choose,
        name="mention_choose",
    ),
    path("privacy/access/<int:pk>/make/", access.pack_make, name="pack_make"),
    path("privacy/access/<int:pk>/pack/", access.pack_fetch, name="pack_fetch"),
    path("privacy/access/<int:pk>/sent/", access.access_send, name="access_send"),
    path("privacy/access/<int:pk>/answers/send/", access.answers_send, name="answers_send"),
    path("privacy/access/<int:pk>/longer/", access.access_extend, name="access_extend"),
    path("privacy/access/<int:pk>/close/", access.access_close, name="access_close"),
    path("privacy/erase/<int:person>/", erasing.erasure_propose, name="erasure_propose"),
    path("privacy/erasures/<int:pk>/", erasing.erasure_detail, name="erasure_detail"),
    path("privacy/erasures/<int:pk>/refuse/", erasing.erasure_refuse, name="erasure_refuse"),
    path("privacy/holds/add/<int:person>/", erasing.hold_add, name="hold_add"),
    path("privacy/holds/<int:pk>/release/", erasing.hold_release, name="hold_release"),
    path("privacy/schedule/", retention.schedule, name="schedule"),
    path("privacy/schedule/<slug:key>/", retention.rule_change, name="rule_change"),
    path("privacy/schedule/<slug:key>/hold/", retention.record_hold, name="record_hold"),
    path("privacy/complaints/add/", complaints.complaint_add, name="complaint_add"),
    path("privacy/complaints/<int:pk>/", complaints.complaint_detail, name="complaint_detail"),
    path("privacy/complaints/<int:pk>/whose/", complaints.complaint_whose, name="complaint_whose"),
    path(
        "privacy/complaints/<int:pk>/acknowledge/",
        complaints.complaint_acknowledge,
        name="complaint_acknowledge",
    ),
    path(
        "privacy/complaints/<int:pk>/answer/",
        complaints.complaint_answer,
        name="complaint_answer",
    ),
]
public = [
    path("your-data/", anybody.complain, name="complain"),
    path("your-data/answers/<str:token>/", anybody.own_answers, name="own_answers"),
    path("your-data/thanks/", anybody.complain_thanks, name="complain_thanks"),
]
