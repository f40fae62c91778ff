"""What is written to somebody who would like to take part: plain, and signed by a person."""

from __future__ import annotations

from involvement.faces.words import short_day
from involvement.landlords.models import Landlord
from residents.interests.models import Expression


def suggested_subject() -> str:
    """The heading of the answer."""
    return "Taking part: our answer"


def suggested_words(expression: Expression) -> str:
    """The answer, begun from what they said, for an officer to make their own."""
    said = [str(row) for row in expression.named_subjects.all()]
    about = f" You were interested in {', '.join(said)}." if said else ""
    return (
        f"Thank you for telling us on {short_day(expression.said_on)} that you would like to take "
        f"part.{about}\n\n"
    )


def answer_body(expression: Expression, words: str, landlord: Landlord) -> str:
    """The whole letter. Needs the landlord's named officer and number."""
    signer, phone, hours = landlord.contact_name, landlord.contact_phone, landlord.contact_hours
    if expression.owner is not None and expression.owner.phone:
        signer, phone, hours = expression.owner.name, expression.owner.phone, ""
    foot = f"{signer}\n{landlord.name}\nTelephone {phone}"
    return "\n\n".join(
        [f"Dear {expression.person.name},", words.strip(), foot + (f", {hours}" if hours else "")]
    )
