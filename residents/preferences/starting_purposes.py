"""What a landlord usually asks leave for, whether for each way to reach somebody, and the words.

In our own words. Each says what is done and that it can be taken back, as the UK GDPR asks of a
consent that is informed and as easy to withdraw as to give (articles 4(11) and 7).
"""

from __future__ import annotations

from typing import Final

STARTING_PURPOSES: Final[tuple[tuple[str, bool, str], ...]] = (
    (
        "Newsletters",
        True,
        (
            "We would like to send you our newsletter and news of what residents have changed. You can "
            "stop it at any time, and nothing else changes if you do."
        ),
    ),
    (
        "Invitations",
        True,
        (
            "We would like to invite you to meetings, visits and groups that fit what interests you. "
            "You can say no to each one, or to all of them, at any time."
        ),
    ),
    (
        "Surveys",
        True,
        (
            "We would like to ask you now and then what you think of our services. You need not answer, "
            "and you can tell us to stop asking at any time."
        ),
    ),
    (
        "Photographs",
        False,
        (
            "We would like to use photographs you are in, on our pages, in our newsletter and in our "
            "reports. You can take this back at any time; we then use them no more."
        ),
    ),
    (
        "Sharing with a group",
        False,
        (
            "We would like to give your name and how to reach you to the residents’ group you join, so "
            "that its members can write to you. You can take this back at any time."
        ),
    ),
)
