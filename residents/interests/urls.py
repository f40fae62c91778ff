from django.urls import path

from residents.interests.views import expressions, groups, person, uninvolved, visits
from residents.interests.views import my as mine
from residents.interests.views import public as public_views

desk = [
    path("interests/", expressions.queue, name="queue"),
    path("interests/record/", expressions.expression_record, name="expression_record"),
    path("interests/<int:pk>/", expressions.expression_detail, name="expression_detail"),
    path("interests/<int:pk>/owner/", expressions.expression_owner, name="expression_owner"),
    path("interests/card/", person.card, name="card"),
    path("interests/uninvolved/", uninvolved.uninvolved, name="uninvolved"),
    path("interests/who/", person.who_options, name="who_options"),
    path("people/<int:pk>/interests/", person.person_wishes, name="person_wishes"),
    path("people/<int:pk>/interests/once/", person.person_once, name="person_once"),
    path("visits/", visits.visit_list, name="visit_list"),
    path("visits/<int:pk>/", visits.visit_detail, name="visit_detail"),
    path("visits/<int:pk>/pack/", visits.visit_pack, name="visit_pack"),
    path("visits/<int:pk>/aside/", visits.visit_aside, name="visit_aside"),
    path("reach/", groups.group_list, name="group_list"),
    path("reach/add/", groups.group_add, name="group_add"),
    path("reach/<int:pk>/", groups.group_detail, name="group_detail"),
    path("reach/<int:pk>/change/", groups.group_change, name="group_change"),
    path("reach/<int:pk>/note/", groups.group_note, name="group_note"),
    path("reach/<int:pk>/put/", groups.group_put, name="group_put"),
    path("reach/<int:pk>/partner/", groups.group_partner, name="group_partner"),
    path("reach/<int:pk>/partner/<int:partner>/end/", groups.partner_end, name="partner_end"),
]
public = [
    path("take-part/", public_views.take_part, name="take_part"),
    path("take-part/thank-you/", public_views.take_part_thanks, name="take_part_thanks"),
]
my = [path("interests/", mine.wishes, name="wishes")]
