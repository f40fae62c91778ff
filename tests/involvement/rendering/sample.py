"""An invented 'You said, we did' report, to try documents on."""

from typing import Any

from django.template import engines

from involvement.rendering.charts import Chart, Kind, Row, Unit
from involvement.rendering.documents import Answer, Brand, Cut, Frame, KeyFigure, Pair

LOGO = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 40'%3E"
    "%3Crect width='40' height='40' rx='9' fill='%23fff'/%3E%3Cpath d='M9 20L20 10l11 10' "
    "fill='none' stroke='%230F5E5A' stroke-width='3' stroke-linecap='round'/%3E%3Cpath d="
    "'M8 29c3-3 6-3 9 0s6 3 9 0 4.5-2.5 6-1' fill='none' stroke='%230F5E5A' "
    "stroke-width='3' stroke-linecap='round'/%3E%3C/svg%3E"
)

FRAME = Frame(
    title="You said, we did",
    brand=Brand("Poole Housing Partnership (demo)", "#0F5E5A", LOGO),
    reference="You said, we did 2026/27-Q2",
    version=1,
    dated="signed 12 November 2026",
    period="July to September 2026",
    opening="You told us 212 things. We have done 64 of them, said no to 19 and told you why. "
    "41 still wait for a decision.",
    person="Jean Marlow (demo)",
    telephone="01632 960 142",
    hours="Monday to Friday, 9 to 5. You may speak to a person, in your language.",
    demonstration="Demonstration: people and figures are invented",
)

FIGURES = [
    KeyFigure("214", "W11", "different people took part", "187 the quarter before"),
    KeyFigure("212", "T01", "things said, 171 decided", "81%, was 74%"),
    KeyFigure("52 days", "T04", "to tell people, once decided", "median, was 71. Promise: 60"),
    KeyFigure("64", "T07", "changes made", "33 of 41 checked: yes, it did"),
]

PAIRS = [
    Pair(
        "I stayed in all day and nobody came. A text would have done.",
        "14 people, repairs cards and calls, June",
        Answer.DID,
        "Everybody now gets a text or a call the evening before, with a two-hour window. Missed "
        "visits fell from 11 in 100 to 7 in 100.",
        "Agreed by the Housing Strategy Panel on 8 July, in place since 28 September.",
        "We ask all 14 people in January.",
    ),
    Pair(
        "Give us one-hour windows, like the supermarket does.",
        "5 people, Hamworthy action team, June",
        Answer.NOT,
        "One-hour windows would cost £46,000 a year and mean about 300 fewer repairs. The panel "
        "chose more repairs, by 9 votes to 2.",
        "Decided on 8 July. The panel will look again in July 2027.",
    ),
    Pair(
        "The entry phone lights are too dim. I dial the wrong flat.",
        "8 people, Drake Court, July",
        Answer.DID,
        "We fitted brighter panels at Drake Court on 14 September. The other ten schemes follow "
        "by March 2027.",
        verdict="6 of the 7 people who answered say yes. One says partly.",
        held=True,
    ),
    Pair(
        "Seats by the bus stop",
        "3 people, Hamworthy, August",
        Answer.WILL,
        "Two seats will stand by the bus stop in Lake Road.",
        "Agreed by the Housing Strategy Panel on 2 September.",
        quoted=False,
        code="P04",
    ),
    Pair(
        "The grass by the ramp grows over the path.",
        "14 people, sheltered schemes, August",
        Answer.WAITING,
        "This has waited 96 days, longer than the 60 we promise. The Housing Strategy Panel "
        "decides on 9 December.",
    ),
]

THREAD = Chart(
    kind=Kind.BARS,
    title="Four of five things said are decided, but half of what was agreed is still to do",
    what="Things said between July and September 2026, counted on 31 October 2026. "
    "Solid: reached. Dashed: not yet.",
    source="Source: the feedback log of Poole Housing Partnership (demo), 31 October 2026.",
    rows=(
        Row("Decided", (171,), "of 212 things said", rest=41, rest_words="41 wait for a decision"),
        Row("Told", (152,), "of 171 decided", rest=19, rest_words="19 not told yet"),
        Row("Done", (64,), "of 130 agreed or partly agreed", rest=66, rest_words="66 still to do"),
        Row("Checked", (41,), "of 64 done", rest=23, rest_words="23 not asked yet"),
    ),
    series=("reached",),
    rows_name="Step",
    code="T03",
    thread=True,
)

REACH = Chart(
    kind=Kind.DOTS,
    title="Under-35s: a fifth of residents, one in seventeen of those who take part",
    what="Share of people, October 2025 to September 2026. Dot with bar: took part, with 95% "
    "range. Diamond: live here. Bold: the difference is more than chance.",
    source="Source: register of people and taking part, 371 of 402 people who took part asked.",
    rows=(
        Row("16 to 34", (6,), low=4, high=9, against=19, strong=True, group="Age"),
        Row("35 to 54", (19,), low=15, high=23, against=31, strong=True, group="Age"),
        Row("55 to 64", (20,), low=16, high=24, against=18, group="Age"),
        Row("65 to 74", (30,), low=26, high=35, against=16, strong=True, group="Age"),
        Row("75 and over", (25,), low=21, high=29, against=16, strong=True, group="Age"),
        Row("General needs tenant", (49,), low=44, high=54, against=62, strong=True, group="Home"),
        Row("Sheltered tenant", (34,), low=29, high=38, against=17, strong=True, group="Home"),
        Row("Shared owner", (), hidden="fewer than 10 people", group="Home"),
        Row("Leaseholder", (17,), low=14, high=21, against=21, group="Home"),
    ),
    series=("took part",),
    unit=Unit.PERCENT,
    against="live here",
    code="W04",
)

VISITS = Chart(
    kind=Kind.LINE,
    title="Missed repair visits have fallen by more than a third in a year",
    what="Missed visits in each hundred repairs, all homes, by quarter.",
    source="Source: the repairs contractor's visits (demo), 30 September 2026.",
    rows=(
        Row("July to September 2025", (11.2, 9.8), short="Jul to Sep 2025"),
        Row("October to December 2025", (11.4, 9.6), short="Oct to Dec 2025"),
        Row("January to March 2026", (10.1, 9.7), short="Jan to Mar 2026"),
        Row("April to June 2026", (9.0, 9.5), short="Apr to Jun 2026"),
        Row("July to September 2026", (6.9, 9.4), short="Jul to Sep 2026"),
    ),
    series=("Poole homes", "twelve landlords like us"),
    unit=Unit.PERCENT,
    rows_name="Quarter",
    code="R12",
)

SPEND = Chart(
    kind=Kind.GROUPED,
    title="We spent less than planned on road shows and more on travel",
    what="Money spent on involvement, April to September 2026, and what was planned.",
    source="Source: ledger (demo), 30 September 2026.",
    rows=(
        Row("Events and road shows", (6200, 14000)),
        Row("Travel and care costs", (4310, 3500)),
        Row("Training", (2750, 3000)),
    ),
    series=("spent", "planned"),
    unit=Unit.POUNDS,
    rows_name="For",
    code="B02",
)

VIEWS = Chart(
    kind=Kind.SHARES,
    title="Most tenants feel listened to; shared owners least",
    what="Answers to 'my landlord listens and acts', 1,204 residents, September 2026.",
    source="Source: survey of tenants (demo), September 2026, weighted.",
    rows=(
        Row("Tenants", (58, 22, 17, 3)),
        Row("Leaseholders", (41, 25, 31, 3)),
        Row("Shared owners", (36, 30, 32, 2)),
    ),
    series=("agree", "neither", "disagree", "do not know"),
    unit=Unit.PERCENT,
)

CHARTS = (THREAD, REACH, VISITS, SPEND, VIEWS)

CONTENT = """{% extends "layouts/document.html" %}{% load drawing %}
{% block content %}
<section><h2>The quarter in four figures</h2>
{% include "documents/figures.html" %}</section>
<section><h2>What you said, and what came of it</h2>
{% for pair in pairs %}{% include "documents/pair.html" %}{% endfor %}</section>
<section class="box"><h2>What we could not agree on</h2>
<div class="prose">{{ words|prose }}</div></section>
<aside class="speech"><blockquote><p>“We asked for one-hour windows because carers lose a day’s
pay for a tap. Two hours is better than a day. It is not yet good.”</p></blockquote>
<p class="by">The view of the two who disagreed, printed as written. 6 November 2026</p></aside>
<section><h2>Where the thread holds, and where it breaks</h2>
{% for chart in charts %}{% include "documents/chart.html" %}{% endfor %}</section>
<section class="keep"><h2>What is next</h2><ul class="next">
<li><b>9 December 2026</b> The Housing Strategy Panel decides about the grass by the ramps.</li>
<li><b>January 2027</b> We ask the 14 people whether the evening message helped.</li>
<li><b>March 2027</b> The last of ten schemes gets its new entry phone.</li></ul></section>
{% endblock %}"""

WORDS = """Nine of eleven panel members chose more repairs over **one-hour windows**.

- The cost was *£46,000 a year*.
- The panel looks again in July 2027.
"""


def context() -> dict[str, Any]:
    """What the sample's template needs."""
    return {"figures": FIGURES, "pairs": PAIRS, "charts": CHARTS, "words": WORDS}


def sample_html(cut: Cut = Cut.PAPER, frame: Frame = FRAME) -> str:
    """The sample's HTML in one cut."""
    template = engines["django"].from_string(CONTENT)
    return str(template.render({**context(), "frame": frame, "cut": cut.value}))
