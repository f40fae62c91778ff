"""What is kept about how a person signs in."""

from __future__ import annotations

from residents.privacy.operations.keys import KeyHolder

HOLDERS = (
    KeyHolder(
        "residents.SignInCode",
        "person",
        "Codes to sign in that we sent you",
        labels={"way": "Way", "address": "Sent to", "expires_at": "Until"},
        when="made_at",
        deletes=True,
        what="codes to sign in",
    ),
    KeyHolder(
        "residents.ResidentSession",
        "person",
        "When you signed in",
        labels={"way": "Way", "ends_at": "For as long as"},
        when="began_at",
        deletes=True,
        what="sign-ins",
    ),
)
