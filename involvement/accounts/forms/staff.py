"""Forms of the directory, of teams, roles, invitations and the landlord's own sign-in."""

from __future__ import annotations

from typing import Any

from django import forms

from involvement.accounts.models import Membership, SignInRule, StaffMember, Team
from involvement.accounts.permissions import ROLES, Role
from involvement.accounts.policies import may_give_role
from involvement.landlords.forms import OwnedForm


class StaffForm(OwnedForm):
    """Somebody in the directory."""

    also_checked = frozenset({"landlord", "left_on"})

    class Meta:
        model = StaffMember
        fields = ["name", "initials", "job_title", "team", "email", "phone", "left_on"]
        labels = {
            "name": "Name",
            "initials": "Initials",
            "job_title": "Job title",
            "email": "E-mail address",
            "phone": "Telephone",
            "left_on": "Left on",
        }
        help_texts = {
            "initials": "As they stand in your action plan. Imported lines find their owner by them.",
            "left_on": "Fill it in when somebody has left. What they did keeps their name.",
        }
        error_messages = {
            "name": {"required": "Write the name."},
            "left_on": {"invalid": "Write the day as 31/3/2027."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team: Any = self.fields["team"]
        team.queryset = Team.objects.filter(archived_at__isnull=True).order_by("name", "pk")
        team.empty_label = "No team"
        if self.instance.pk is None:
            del self.fields["left_on"]


class TeamForm(OwnedForm):
    """A team of staff."""

    class Meta:
        model = Team
        fields = ["name", "short_name"]
        labels = {"name": "Name of the team", "short_name": "Initials or short name"}
        help_texts = {"short_name": "As it stands in your action plan, such as “HSG”."}
        error_messages = {"name": {"required": "Write the name of the team."}}


class ImportForm(forms.Form):
    """Colleagues from a file, or copied out of a spreadsheet."""

    text = forms.CharField(
        label="Copied from a spreadsheet, with the headings",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text="Headings: Name, Initials, Job title, E-mail, Telephone, Team. Only the name is needed.",
    )
    file = forms.FileField(label="Or a CSV or XLSX file", required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not (given.get("text") or "").strip() and not given.get("file"):
            raise forms.ValidationError("Copy the rows into the field, or choose a file.")
        return given


class InvitationForm(forms.Form):
    """Whom to invite, and into which role."""

    email = forms.EmailField(
        label="Their e-mail address",
        error_messages={
            "required": "Write the e-mail address.",
            "invalid": "Write the whole e-mail address, such as name@example.org.",
        },
    )
    name = forms.CharField(label="Their name", max_length=120, required=False)
    role = forms.ChoiceField(
        label="What they will do",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a role."},
    )

    def __init__(self, *args: Any, inviter: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        role.choices = [
            (each, f"{each.label}: {ROLES[each].prose}")
            for each in Role
            if may_give_role(inviter, each)
        ]
        if len(role.choices) == 1:
            role.initial = role.choices[0][0]


class AcceptForm(forms.Form):
    """The name of somebody who accepts an invitation."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        help_text="As colleagues know you.",
        error_messages={"required": "Write your name."},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class SecondFactorForm(forms.Form):
    """Whether the landlord demands a second factor of everybody at the desk."""

    second_factor_required = forms.BooleanField(
        label="Ask everybody at the desk for a second step",
        required=False,
        help_text="An app on their telephone or a passkey. They are led through it when they next "
        "open the desk; it takes about three minutes.",
    )


class DirectoryForm(OwnedForm):
    """OpenID Connect through the landlord's own directory, such as Microsoft Entra ID."""

    server_url = forms.URLField(
        label="Address of the directory",
        assume_scheme="https",
        help_text="For Entra ID: https://login.microsoftonline.com/YOUR-TENANT/v2.0",
    )
    client_secret = forms.CharField(
        label="Client secret",
        max_length=400,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="Never shown again. Leave it empty to keep the one there is.",
    )
    domains = forms.CharField(
        label="E-mail domains",
        help_text="Those your directory answers for, with commas between, such as “poole.example”. "
        "Other addresses are refused.",
        error_messages={"required": "Write at least one domain, such as “poole.example”."},
    )

    class Meta:
        model = SignInRule
        fields = ["provider_name", "server_url", "client_id", "client_secret", "is_active"]
        labels = {
            "provider_name": "What the button says",
            "client_id": "Client ID",
            "is_active": "Offer it on the sign-in page",
        }

    field_order = [
        "provider_name",
        "server_url",
        "client_id",
        "client_secret",
        "domains",
        "is_active",
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept_secret = self.instance.client_secret
        self.fields["domains"].initial = ", ".join(self.instance.email_domains)

    def clean_server_url(self) -> str:
        url: str = self.cleaned_data["server_url"]
        if not url.startswith("https://"):
            raise forms.ValidationError("The address begins with https://.")
        return url.rstrip("/")

    def clean_client_secret(self) -> str:
        secret: str = self.cleaned_data["client_secret"] or self.kept_secret
        if not secret:
            raise forms.ValidationError("Copy the client secret from your directory.")
        return secret

    def clean_domains(self) -> list[str]:
        parts = self.cleaned_data["domains"].replace(";", ",").split(",")
        domains = [part.strip().lower().lstrip("@") for part in parts if part.strip()]
        wrong = [each for each in domains if "." not in each or " " in each]
        if wrong or not domains:
            raise forms.ValidationError(
                "Write domains such as “poole.example”, with commas between."
            )
        self.instance.email_domains = domains
        return domains
