"""The settings, read from the environment: `DJANGO_SETTINGS_MODULE=involvement.settings`.

One wall runs through them: `installation`, `framework`, `servers`, `jobs` and `accounts` are what
Django, Celery and allauth ask for; `floors` and `menus` are the lists by which our own capabilities
meet, which is where most changes go. Everything else reads `django.conf.settings`.
"""

from involvement.settings.accounts import *
from involvement.settings.floors import *
from involvement.settings.framework import *
from involvement.settings.installation import *
from involvement.settings.jobs import *
from involvement.settings.menus import *
from involvement.settings.servers import *
