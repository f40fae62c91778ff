from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from involvement.accounts.permissions import Permission, Role, permissions_of
from involvement.auditing.models import Acted
from involvement.isolation.models import LandlordOwned


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **extra: Any) -> User:
        user = self.model(email=email.strip().lower(), **extra)
        if password:
            user.set_password(password)
        else:
            user.set_unusable_password()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """One log-in. What it may do is said by its memberships, landlord by landlord."""

    email = models.EmailField(
        unique=True, error_messages={"unique": "This e-mail address has a log-in already."}
    )
    name = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    # No user is more than their memberships; the framework asks for these.
    is_staff = False
    is_superuser = False

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="user_email_is_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


class Team(LandlordOwned):
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "landlord",
                Lower("name"),
                name="team_name_is_used_once",
                violation_error_message="There is a team of this name already.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class StaffMember(LandlordOwned):
    """Somebody who works for the landlord, whether or not they ever sign in."""

    name = models.CharField(max_length=120)
    initials = models.CharField(max_length=10, blank=True)
    job_title = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="staff"
    )
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "landlord",
                Lower("initials"),
                condition=~Q(initials="") & Q(left_on__isnull=True),
                name="staff_initials_mean_one_person",
                violation_error_message="Somebody has these initials already. Add a letter.",
            ),
            models.UniqueConstraint(
                "landlord",
                Lower("email"),
                condition=~Q(email=""),
                name="staff_email_is_used_once",
                violation_error_message="Somebody in the directory has this e-mail address.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(LandlordOwned):
    """A user's role at one landlord."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=14, choices=Role.choices)
    staff = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    last_seen_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "user"],
                name="membership_is_one_for_each_user",
                violation_error_message="This person is a member already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"

    def may(self, permission: Permission) -> bool:
        return self.is_active and permission in permissions_of(self.role)


class Invitation(LandlordOwned, Acted):
    """An e-mailed invitation. Only a hash of its token is kept."""

    email = models.EmailField()
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=14, choices=Role.choices)
    staff = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    token_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "token_hash"], name="invitation_token_opens_one_invitation"
            ),
            models.UniqueConstraint(
                "landlord",
                Lower("email"),
                condition=Q(accepted_at__isnull=True) & Q(withdrawn_at__isnull=True),
                name="invitation_is_open_once_for_each_address",
                violation_error_message="This address has an open invitation. Send it again instead.",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_is_accepted_or_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return self.email


class SignInRule(LandlordOwned):
    """How this landlord's staff sign in with their own directory (OpenID Connect)."""

    provider_name = models.CharField(max_length=60, default="Microsoft Entra ID")
    server_url = models.URLField()
    client_id = models.CharField(max_length=200)
    client_secret = models.CharField(max_length=400)
    email_domains = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord"],
                name="sign_in_rule_is_one_for_each_landlord",
                violation_error_message="This landlord has a directory already.",
            )
        ]

    def __str__(self) -> str:
        return self.provider_name
