"""Addresses of signing in, and of people's own log-ins.

Of allauth's pages these are all there are; its sign-up, e-mail changes, resets and connections are
closed, because invitations make log-ins and a code by e-mail opens them.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as spare_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as directory
from django.urls import URLPattern, URLResolver, path

from involvement.accounts.doors import open_view, own_view
from involvement.accounts.views import demo, invitations, own, roles, sign_in, staff

app_name = "accounts"

# allauth finds its pages by these names
entrance: list[URLPattern | URLResolver] = [
    path("", open_view(account.request_login_code), name="account_request_login_code"),
    path("code/", open_view(account.confirm_login_code), name="account_confirm_login_code"),
    path("password/", open_view(account.login), name="account_login"),
    path("out/", open_view(account.logout), name="account_logout"),
    path("closed/", open_view(account.account_inactive), name="account_inactive"),
    path("new/", sign_in.no_sign_up, name="account_signup"),
    path("again/", own_view(account.reauthenticate), name="account_reauthenticate"),
    path("second/", open_view(mfa.authenticate), name="mfa_authenticate"),
    path("second/again/", own_view(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("passkey/", open_view(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path(
        "passkey/again/",
        own_view(webauthn.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("own/app/", own_view(totp.activate_totp), name="mfa_activate_totp"),
    path("own/app/remove/", own_view(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("own/passkeys/", own_view(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("own/passkeys/add/", own_view(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path(
        "own/passkeys/<int:pk>/remove/",
        own_view(webauthn.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path("own/passkeys/<int:pk>/", own_view(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
    path(
        "own/spare-codes/",
        own_view(spare_codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "own/spare-codes/new/",
        own_view(spare_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "own/spare-codes/file/",
        own_view(spare_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("own/", own.own, name="mfa_index"),
    path(
        "directory/cancelled/",
        open_view(social.login_cancelled),
        name="socialaccount_login_cancelled",
    ),
    path("directory/error/", open_view(social.login_error), name="socialaccount_login_error"),
    path("directory/<str:provider_id>/", open_view(directory.login), name="openid_connect_login"),
    path(
        "directory/<str:provider_id>/back/",
        open_view(directory.callback),
        name="openid_connect_callback",
    ),
]

public: list[URLPattern | URLResolver] = [
    path("sign-in/arrive/", sign_in.arrive, name="arrive"),
    path("sign-in/landlords/", sign_in.choose_landlord, name="landlords"),
    path("sign-in/directory/", sign_in.kept_by_directory, name="kept_by_directory"),
    path("sign-in/own/", own.own, name="own"),
    path("sign-in/own/password/", own.own_password, name="own_password"),
    path("sign-in/own/needed/", own.second_factor_needed, name="second_factor_needed"),
    path("invitation/<str:token>/", invitations.accept, name="invitation"),
    path("demo/", demo.demo, name="demo"),
]

desk: list[URLPattern | URLResolver] = [
    path("staff/", staff.staff_list, name="staff_list"),
    path("staff/add/", staff.staff_add, name="staff_add"),
    path("staff/import/", staff.staff_import, name="staff_import"),
    path("staff/<int:pk>/", staff.staff_edit, name="staff_edit"),
    path("staff/teams/", staff.teams, name="teams"),
    path("staff/teams/<int:pk>/", staff.team_edit, name="team_edit"),
    path("staff/teams/<int:pk>/archive/", staff.team_archive, name="team_archive"),
    path("staff/roles/", roles.roles, name="roles"),
    path("staff/roles/<int:pk>/", roles.member, name="member"),
    path("staff/invitations/", invitations.invitations, name="invitations"),
    path(
        "staff/invitations/<int:pk>/<slug:act>/",
        invitations.invitation_act,
        name="invitation_act",
    ),
    path("settings/sign-in/", roles.sign_in_settings, name="sign_in_settings"),
]
