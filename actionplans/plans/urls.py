from django.urls import path

from actionplans.plans.views import bringing_in, line_acts, lines, lists, plans
from actionplans.plans.views import public as anybody

desk = [
    path("plans/", plans.plan_list, name="plan_list"),
    path("plans/add/", plans.plan_edit, name="plan_add"),
    path("plans/late/", lists.late_list, name="late_list"),
    path("plans/deadlines/", lists.flagged_list, name="flagged_list"),
    path("plans/owners/", lists.match_list, name="match_list"),
    path("plans/files/add/", bringing_in.upload_add, name="upload_add"),
    path("plans/files/<int:pk>/", bringing_in.upload_preview, name="upload_preview"),
    path("plans/files/<int:pk>/headings/", bringing_in.upload_map, name="upload_map"),
    path("plans/files/<int:pk>/sheet/", bringing_in.upload_sheet, name="upload_sheet"),
    path("plans/files/<int:pk>/confirm/", bringing_in.upload_confirm, name="upload_confirm"),
    path("plans/<int:pk>/", plans.plan_detail, name="plan_detail"),
    path("plans/<int:pk>/about/", plans.plan_about, name="plan_about"),
    path("plans/<int:pk>/change/", plans.plan_edit, name="plan_edit"),
    path("plans/<int:pk>/agree/", plans.plan_agree, name="plan_agree"),
    path("plans/<int:pk>/publish/", plans.plan_publish, name="plan_publish"),
    path("plans/<int:pk>/archive/", plans.plan_archive, name="plan_archive"),
    path("plans/<int:pk>/carry-forward/", plans.plan_carry, name="plan_carry"),
    path("plans/<int:pk>/as/<str:form>/", plans.plan_export, name="plan_export"),
    path("plans/<int:pk>/versions/<int:number>/", plans.version_detail, name="version_detail"),
    path("plans/<int:pk>/year-marks/", lists.mark_list, name="mark_list"),
    path("plans/<int:pk>/smart/", lists.smart_check, name="smart_check"),
    path("plans/<int:pk>/lines/add/", lines.line_add, name="line_add"),
    path("plans/lines/<int:pk>/", lines.line_detail, name="line_detail"),
    path("plans/lines/<int:pk>/change/", lines.line_edit, name="line_edit"),
    path("plans/lines/<int:pk>/progress/", lines.line_progress, name="line_progress"),
    path("plans/lines/<int:pk>/deadline/", line_acts.line_settle, name="line_settle"),
    path("plans/lines/<int:pk>/split/", line_acts.line_split, name="line_split"),
    path("plans/lines/<int:pk>/move/", line_acts.line_move, name="line_move"),
    path("plans/lines/<int:pk>/delete/", line_acts.line_delete, name="line_delete"),
    path("plans/lines/<int:pk>/link/", line_acts.line_link, name="line_link"),
    path("plans/lines/<int:pk>/send/", line_acts.line_send_link, name="line_send_link"),
    path("plans/line-links/<int:pk>/remove/", line_acts.line_unlink, name="line_unlink"),
    path(
        "plans/update-links/<int:pk>/withdraw/",
        line_acts.update_link_withdraw,
        name="update_link_withdraw",
    ),
    path("plans/evidence/<int:pk>/", lines.evidence_file, name="evidence_file"),
]
public = [
    path("plans/", anybody.plan_list, name="plan_list"),
    path("plans/<int:pk>/", anybody.plan_detail, name="plan_detail"),
    path("plans/<int:pk>/pdf/", anybody.plan_pdf, name="plan_pdf"),
    path("update/<str:token>/", anybody.update, name="update"),
]
