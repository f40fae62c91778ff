"""The pages for what went wrong, and the forms crispy draws, speak this product's words."""

from __future__ import annotations

import pytest
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Submit
from django import forms
from django.http import HttpRequest
from django.template import engines
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse

from involvement.isolation import landlord_scope
from involvement.landlords.models import Landlord


class Asked(forms.Form):
    name = forms.CharField(error_messages={"required": "Write your name"})
    how = forms.ChoiceField(
        choices=[("letter", "A letter"), ("text", "A text")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how we should tell you"},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        self.helper = FormHelper()
        self.helper.add_input(Submit("submit", "Save and go on"))


def crispy(form: forms.Form) -> str:
    source = (
        "{% load crispy_forms_tags crispy_forms_gds %}{% error_summary form %}{% crispy form %}"
    )
    return engines["django"].from_string(source).render({"form": form})


def test_crispys_summary_counts_what_there_is_to_put_right() -> None:
    page = crispy(Asked({}))
    assert "Two things to put right" in page
    assert "There is a problem" not in page
    assert '<a href="#id_name">Write your name</a>' in page
    assert "One thing to put right" in crispy(Asked({"name": "Jean"}))
    assert "to put right" not in crispy(Asked({"name": "Jean", "how": "text"}))


def test_a_lost_page_says_whom_to_ring(visitor: Client, poole: Landlord) -> None:
    with landlord_scope(poole):
        Landlord.objects.filter(pk=poole.pk).update(
            contact_name="Jean Marlow (demo)", contact_phone="01632 960 142"
        )
    page = visitor.get("/no/such/page/")
    assert page.status_code == 404
    text = page.content.decode()
    assert "We cannot find this page" in text
    assert f"– {poole.name}</title>" in text
    assert 'Jean Marlow (demo)</b> on <a href="tel:01632960142">01632 960 142</a>' in text


@pytest.mark.parametrize(
    "template", ["403.html", "403_csrf.html", "404.html", "405.html", "429.html", "503.html"]
)
def test_pages_for_what_went_wrong_need_no_landlord(template: str) -> None:
    request: HttpRequest = RequestFactory().get("/")
    page = render_to_string(template, {"words": "Come back."}, request=request)
    assert page.count("<h1") == 1
    assert '<a href="/">Go to the first page</a>' in page


def test_the_page_for_our_own_mistake_needs_nothing_at_all() -> None:
    page = render_to_string("500.html")
    assert "Something broke on our side" in page
    assert '<html lang="en-GB">' in page
    assert '<a href="/">Go to the first page</a>' in page


def test_what_cannot_be_read_is_answered_with_a_page_of_ours(visitor: Client) -> None:
    answer = visitor.get("/", headers={"host": "not a host"})
    assert answer.status_code == 400
    assert "We could not read what was sent" in answer.content.decode()


def test_a_form_that_was_open_too_long_is_answered_with_a_page_of_ours(poole: Landlord) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"host": "poole.localhost"})
    answer = strict.post(reverse("account_login"), {"login": "jean@poole.example"})
    assert answer.status_code == 403
    assert "This page was open too long" in answer.content.decode()
