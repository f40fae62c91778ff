"""allauth's forms in words anybody can follow."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import (
    ConfirmLoginCodeForm,
    LoginForm,
    ReauthenticateForm,
    RequestLoginCodeForm,
)
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.password_validation import validate_password

from involvement.accounts import second_factor
from involvement.accounts.models import User

_CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}


def _say(field: forms.Field, label: str, hint: str = "", **attributes: str) -> None:
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attributes)


class AskForCodeForm(RequestLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["email"], "Your e-mail address", autocomplete="email")
        self.fields["email"].error_messages = {
            "required": "Write your e-mail address.",
            "invalid": "Write the whole e-mail address, such as name@example.org.",
        }


class GiveCodeForm(ConfirmLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self.fields["code"],
            "The code from the e-mail",
            "Eight digits, such as 4821-9937.",
            **_CODE,
        )
        self.fields["code"].error_messages["required"] = "Type the eight digits from the e-mail."


class PasswordForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["login"], "Your e-mail address", autocomplete="username")
        _say(self.fields["password"], "Your password")
        self.fields["login"].error_messages["required"] = "Write your e-mail address."
        self.fields["password"].error_messages["required"] = "Write your password."


class PasswordAgainForm(ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["password"], "Your password")


_APP_CODE = (
    "The code your app shows now",
    "Six digits. Without your telephone at hand, use one of your spare codes.",
)
_SPARE_CODE = ("One of your spare codes", "Eight digits. Each works once.")


class AppCodeForm(mfa_forms.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_app = second_factor.has_app(self.user)
        _say(self.fields["code"], *(_APP_CODE if self.has_app else _SPARE_CODE), **_CODE)


class AppCodeAgainForm(mfa_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_app = second_factor.has_app(self.user)
        _say(self.fields["code"], *(_APP_CODE if self.has_app else _SPARE_CODE), **_CODE)


class SetUpAppForm(ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["code"], "The code your app shows now", "Six digits.", **_CODE)


class ChoosePasswordForm(forms.Form):
    """A new password. The old one is asked for unless the person came in by a code just now."""

    old = forms.CharField(
        label="Your password until now",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label="Your new password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 characters. Three or four words that do not belong together are "
        "good and easy to keep.",
    )

    def __init__(self, *args: Any, user: User, ask_old: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if not ask_old:
            del self.fields["old"]

    def clean_old(self) -> str:
        old: str = self.cleaned_data["old"]
        if not self.user.check_password(old):
            raise forms.ValidationError(
                "This is not your password. Sign out, sign in with a code, and you can choose a "
                "new one without it."
            )
        return old

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        validate_password(new, self.user)
        return new
