from django.apps import AppConfig


class InvolvementConfig(AppConfig):
    name = "involvement"

    def ready(self) -> None:
        from involvement import checks  # noqa: F401, PLC0415 -- registers the system checks
        from involvement.celery import app  # noqa: F401, PLC0415 -- shared tasks bind to it
