"""The template library `{% load faces %}`."""
