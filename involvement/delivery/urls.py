from django.urls import path

from involvement.delivery import views

desk = [
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/<int:pk>/", views.message_detail, name="message_detail"),
    path("outbox/<int:pk>/letter.<slug:form>", views.message_file, name="message_file"),
    path("outbox/<int:pk>/retry/", views.message_retry, name="message_retry"),
    path("outbox/<int:pk>/cancel/", views.message_cancel, name="message_cancel"),
    path("outbox/letters/", views.letters, name="letters"),
    path("outbox/letters/print/", views.letters_print, name="letters_print"),
    path("outbox/letters/<int:pk>/", views.batch_detail, name="batch_detail"),
    path("outbox/letters/<int:pk>/pdf/", views.batch_download, name="batch_download"),
    path("outbox/letters/<int:pk>/posted/", views.batch_posted, name="batch_posted"),
]
