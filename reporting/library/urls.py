from django.urls import path

from reporting.library.views import acts
from reporting.library.views import board as board_views
from reporting.library.views import desk as views
from reporting.library.views import public as public_views

desk = [
    path("reports/", views.report_list, name="report_list"),
    path("reports/begin/", acts.report_begin, name="report_begin"),
    path("reports/<int:pk>/", views.report_detail, name="report_detail"),
    path("reports/<int:pk>/progress/", views.report_progress, name="report_progress"),
    path("reports/<int:pk>/preview/", views.report_preview, name="report_preview"),
    path("reports/<int:pk>/wording/", acts.report_wording, name="report_wording"),
    path("reports/<int:pk>/words/", views.report_words, name="report_words"),
    path("reports/<int:pk>/words/<slug:length>.txt", views.report_words, name="report_length"),
    path("reports/<int:pk>/files/<slug:form>/", views.report_file, name="report_file"),
    path("reports/<int:pk>/page/", views.report_page_file, name="report_page_file"),
    path("reports/<int:pk>/figures/<slug:code>/", views.report_figure, name="report_figure"),
    path("reports/<int:pk>/approve/", acts.report_approve, name="report_approve"),
    path("reports/<int:pk>/take-back/", acts.report_take_back, name="report_take_back"),
    path("reports/<int:pk>/publish/", acts.report_publish, name="report_publish"),
    path("reports/<int:pk>/recount/", acts.report_recount, name="report_recount"),
    path("reports/<int:pk>/again/", acts.report_again, name="report_again"),
    path("reports/<int:pk>/withdraw/", acts.report_withdraw, name="report_withdraw"),
    path("reports/<int:pk>/new-version/", acts.report_restate, name="report_restate"),
]
public = [
    path("you-said-we-did/", public_views.you_said, name="you_said"),
    path("you-said-we-did/<int:pk>/", public_views.you_said, name="you_said_report"),
    path("you-said-we-did/<int:pk>/<slug:form>/", public_views.you_said_file, name="you_said_file"),
]
board = [
    path("", board_views.library, name="library"),
    path("reports/<int:pk>/", board_views.report, name="report"),
    path("reports/<int:pk>/files/<slug:form>/", board_views.report_file, name="report_file"),
    path("reports/<int:pk>/figures/<slug:code>/", board_views.report_figure, name="report_figure"),
]
