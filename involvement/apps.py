from django.apps import AppConfig


class InvolvementConfig(AppConfig):
    name = "involvement"

    def ready(self) -> None:
        from involvement import checks  # noqa: F401, PLC0415 -- registers the system checks
        from involvement.celery import app, capabilities_with_tasks  # noqa: PLC0415 -- needs the apps

        # At once and in every process, so that an operation can name a job without importing it.
        app.autodiscover_tasks(capabilities_with_tasks(), force=True)
