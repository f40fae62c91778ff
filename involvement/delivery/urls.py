from django.urls import path

from involvement.delivery.views import callbacks, came_back, letters, outbox, providers, stuck

desk = [
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<int:pk>/", outbox.message_detail, name="message_detail"),
    path("outbox/<int:pk>/letter.<slug:form>", outbox.message_file, name="message_file"),
    path("outbox/<int:pk>/retry/", outbox.message_retry, name="message_retry"),
    path("outbox/<int:pk>/gone/", outbox.message_gone, name="message_gone"),
    path("outbox/<int:pk>/give-up/", outbox.message_give_up, name="message_give_up"),
    path("outbox/<int:pk>/cancel/", outbox.message_cancel, name="message_cancel"),
    path("outbox/<int:pk>/ask/", outbox.message_ask, name="message_ask"),
    path("outbox/came-back/", came_back.came_back, name="came_back"),
    path("outbox/came-back/<int:pk>/", came_back.inbound_settle, name="inbound_settle"),
    path("outbox/stuck/", stuck.stuck_list, name="stuck_list"),
    path("outbox/stuck/decide/", stuck.stuck_decide, name="stuck_decide"),
    path("outbox/letters/", letters.letters, name="letters"),
    path("outbox/letters/print/", letters.letters_print, name="letters_print"),
    path("outbox/letters/<int:pk>/", letters.batch_detail, name="batch_detail"),
    path("outbox/letters/<int:pk>/pdf/", letters.batch_download, name="batch_download"),
    path("outbox/letters/<int:pk>/posted/", letters.batch_posted, name="batch_posted"),
    path("settings/sending/", providers.provider_list, name="provider_list"),
    path("settings/sending/add/<slug:kind>/", providers.provider_add, name="provider_add"),
    path("settings/sending/<int:pk>/", providers.provider_detail, name="provider_detail"),
    path("settings/sending/<int:pk>/try/", providers.provider_try, name="provider_try"),
    path("settings/sending/<int:pk>/hook/", providers.provider_hook, name="provider_hook"),
    path("settings/sending/<int:pk>/<slug:act>/", providers.provider_put, name="provider_put"),
]
public = [
    path("providers/<str:token>/<slug:what>/", callbacks.provider_calls, name="provider_calls"),
]
