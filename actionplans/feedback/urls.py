from django.urls import path

from actionplans.feedback.views import public as public_views
from actionplans.feedback.views.desk import entry, imports, log, piece, themes

desk = [
    path("said/", log.log, name="log"),
    path("said/record/", entry.record, name="record"),
    path("said/record/many/", entry.record_many, name="record_many"),
    path("said/record/who/", entry.who_options, name="who_options"),
    path("said/chosen/note/", log.chosen_note, name="chosen_note"),
    path("said/chosen/theme/", log.chosen_theme, name="chosen_theme"),
    path("said/import/", imports.import_start, name="import_start"),
    path("said/import/<int:pk>/", imports.import_preview, name="import_preview"),
    path("said/import/<int:pk>/confirm/", imports.import_confirm, name="import_confirm"),
    path("said/import/<int:pk>/set-aside/", imports.import_refuse, name="import_refuse"),
    path("said/<int:pk>/", piece.feedback_detail, name="feedback_detail"),
    path("said/<int:pk>/words/", piece.feedback_correct, name="feedback_correct"),
    path("said/<int:pk>/about/", piece.feedback_about, name="feedback_about"),
    path("said/<int:pk>/reopen/", piece.feedback_reopen, name="feedback_reopen"),
    path("said/themes/", themes.theme_list, name="theme_list"),
    path("said/themes/<int:pk>/", themes.theme_detail, name="theme_detail"),
    path("said/themes/<int:pk>/said/", themes.theme_said, name="theme_said"),
    path("said/themes/<int:pk>/change/", themes.theme_change, name="theme_change"),
    path("said/themes/<int:pk>/join/", themes.theme_merge, name="theme_merge"),
    path("said/themes/<int:pk>/add/", themes.theme_add, name="theme_add"),
    path("said/themes/<int:pk>/take-out/", themes.theme_take_out, name="theme_take_out"),
]
public = [
    path("tell-us/", public_views.tell, name="tell"),
    path("tell-us/thank-you/", public_views.tell_thanks, name="tell_thanks"),
    path("mail/", public_views.email_receive, name="email_receive"),
]
