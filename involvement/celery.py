"""The Celery application: `celery -A involvement worker`."""

import os

from celery import Celery
from kombu import Queue as BrokerQueue

from involvement.isolation.tasks import Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "involvement.settings")

app = Celery("involvement")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.task_queues = [BrokerQueue(str(queue)) for queue in Queue]
app.conf.task_default_queue = str(Queue.SOON)
app.autodiscover_tasks()
