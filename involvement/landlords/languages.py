"""The languages residents of these landlords mostly speak, by their tags."""

from typing import Final

LANGUAGES: Final[dict[str, str]] = {
    "en-GB": "English",
    "cy": "Welsh",
    "ar": "Arabic",
    "bn": "Bengali",
    "zh": "Chinese",
    "gu": "Gujarati",
    "fa": "Persian (Farsi)",
    "pl": "Polish",
    "pt": "Portuguese",
    "pa": "Punjabi",
    "ro": "Romanian",
    "so": "Somali",
    "es": "Spanish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "bfi": "British Sign Language",
}
