"""The Celery application: `celery -A involvement worker`."""

import os
from pathlib import Path

from celery import Celery
from kombu import Queue as BrokerQueue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "involvement.settings")

from involvement.isolation.tasks import Queue

PACKAGES = ("involvement", "residents", "structures", "surveys", "actionplans", "reporting")


def capabilities_with_tasks() -> list[str]:
    """Each capability keeps its jobs in its own folder: `<package>.<capability>.tasks`."""
    root = Path(__file__).resolve().parent.parent
    return [
        f"{package}.{file.parent.name}"
        for package in PACKAGES
        for file in sorted((root / package).glob("*/tasks.py"))
        if file.parent.name != "isolation"  # the decorators themselves
    ]


app = Celery("involvement")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.task_queues = [BrokerQueue(str(queue)) for queue in Queue]
app.conf.task_default_queue = str(Queue.SOON)
