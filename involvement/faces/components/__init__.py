"""The tags behind `templates/components/`, one module for each kind of part.

`{% load faces %}` brings them all. Each tag's signature is its documentation: what a template may
say is what the function takes, so a component never meets a variable nobody defined.
"""
