"""How the worker works, and what the clock has it do when."""

from __future__ import annotations

from typing import Any

from celery.schedules import crontab

from involvement.env import BASE_DIR, env
from involvement.settings.installation import DEMO_MODE, EMBEDDED

CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ROUTES = ("involvement.isolation.tasks.route",)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A job whose worker was killed is handed out again after this many seconds.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 60 * 60,
    # A request that asks for a job does not hang where the broker no longer answers
    "socket_connect_timeout": 5,
    "socket_timeout": 30,
}
CELERY_TIMEZONE = "Europe/London"
CELERY_BEAT_SCHEDULE_FILENAME = str(BASE_DIR / ".local" / "beat-schedule")
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "note-replies": {
        "task": "actionplans.replies.tasks.note_all_replies",
        "schedule": crontab(minute="*/10"),
    },
    "count-as-taking-part": {
        "task": "actionplans.feedback.tasks.count_everywhere",
        "schedule": crontab(minute="40"),
    },
    "ask-whether-it-happened": {
        "task": "actionplans.replies.tasks.ask_everywhere",
        "schedule": crontab(hour="6", minute="20"),
    },
    "pick-up-lists": {
        "task": "residents.feeds.tasks.pick_up_everywhere",
        "schedule": crontab(minute="5,20,35,50"),
    },
    "tidy-lists": {
        "task": "residents.feeds.tasks.tidy_everywhere",
        "schedule": crontab(hour="3", minute="40"),
    },
    "delete-lists-taken-out": {
        "task": "residents.exports.tasks.delete_expired_everywhere",
        "schedule": crontab(hour="3", minute="50"),
    },
    "look-into-outboxes": {
        "task": "involvement.delivery.tasks.look_into_outboxes",
        "schedule": 60,
        # A sweep that nobody came to is worth nothing later
        "options": {"expires": 60},
    },
    "pull-visits-to-new-tenants": {
        "task": "residents.interests.tasks.pull_visits_everywhere",
        "schedule": crontab(hour="6", minute="40"),
    },
    "remind-about-plan-lines": {
        "task": "actionplans.plans.tasks.remind_everybody",
        "schedule": crontab(hour=7, minute=10),
    },
    "let-go-of-what-is-over": {
        "task": "residents.privacy.tasks.let_go_everywhere",
        "schedule": crontab(hour="3", minute="10"),
    },
    "tidy-sign-ins": {
        "task": "residents.signin.tasks.tidy_everywhere",
        "schedule": crontab(hour="3", minute="30"),
    },
    "look-for-duplicates": {
        "task": "residents.duplicates.tasks.look_everywhere",
        "schedule": crontab(hour="2", minute="10"),
    },
    "count-segments": {
        "task": "residents.segments.tasks.count_everywhere",
        "schedule": crontab(hour="4", minute="40"),
    },
    "make-due-reports": {
        "task": "reporting.library.tasks.make_due_reports",
        "schedule": crontab(hour="5", minute="10"),
    },
    "take-representation-figures": {
        "task": "residents.representation.tasks.take_figures_everywhere",
        "schedule": crontab(hour="4", minute="40", day_of_month="2", month_of_year="1,4,7,10"),
    },
    "take-up-reports": {
        "task": "reporting.library.tasks.take_up_reports",
        "schedule": 15,
        # A sweep that nobody came to is worth nothing later
        "options": {"expires": 15},
    },
}
# A worker that makes a report renews its lease three times in this time; after it another may
# take the report over. With the sweep above, at most 45 seconds after a kill.
REPORT_LEASE_SECONDS = env.int("REPORT_LEASE_SECONDS", default=30)
# A message whose worker has not written what came of it in this time is asked after.
DELIVERY_LEASE_SECONDS = env.int("DELIVERY_LEASE_SECONDS", default=300)
# As many e-mails a minute as the installation's own mail server takes from all landlords together.
DELIVERY_PER_MINUTE = env.int("DELIVERY_PER_MINUTE", default=600)
# Whether landlords may name mail servers that lie in a private network.
DELIVERY_PRIVATE_HOSTS = env.bool("DELIVERY_PRIVATE_HOSTS", default=EMBEDDED)
# Where GOV.UK Notify answers.
NOTIFY_ADDRESS = env.str("NOTIFY_ADDRESS", default="https://api.notifications.service.gov.uk")
if DEMO_MODE:
    CELERY_BEAT_SCHEDULE["see-demo-reports-published"] = {
        "task": "reporting.demo.tasks.see_everywhere",
        "schedule": crontab(minute="*/2"),
    }
