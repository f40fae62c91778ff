"""Each component says in words what it shows in shapes."""

from __future__ import annotations

import pytest
from django import forms
from django.contrib.messages import ERROR, SUCCESS
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

from involvement.faces import marks
from involvement.faces.components.pieces import STATES


def drawn(source: str, **context: object) -> str:
    return engines["django"].from_string("{% load faces %}" + source).render(context)


class Told(forms.Form):
    how = forms.ChoiceField(
        label="How?",
        help_text="You can change it.",
        choices=[("letter", "A letter"), ("text", "A text")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how we should tell you"},
    )
    name = forms.CharField(label="Name", error_messages={"required": "Write your name"})


@pytest.mark.parametrize("state", sorted(STATES))
def test_a_state_is_a_shape_and_words(state: str) -> None:
    tag = drawn("{% state_tag state %}", state=state.upper())
    assert "<svg" in tag
    assert STATES[state].words in tag


def test_an_unknown_state_or_icon_is_refused_by_name() -> None:
    with pytest.raises(KeyError, match="on_track"):
        drawn('{% state_tag "fine" %}')
    with pytest.raises(KeyError, match="calendar"):
        marks.icon("smile")


def test_no_two_states_of_one_colour_have_one_shape() -> None:
    assert len({(state.family, state.shape) for state in STATES.values()}) == len(STATES)
    assert len({state.shape for state in STATES.values()}) == len(STATES)


def test_seven_knots_say_where_the_thread_is_cut() -> None:
    svg = drawn('{% mini_thread "tied tied cut todo todo todo todo" "no decision" %}')
    assert 'aria-label="Thread cut before decision: no decision"' in svg
    assert ">no decision</text>" in svg
    assert svg.count("mini-cut-mark") == 1
    assert svg.count('class="mark-thread"') == 2


def test_a_whole_thread_and_one_not_begun_say_so() -> None:
    assert "Thread whole" in drawn("{% mini_thread states %}", states=["TIED"] * 7)
    assert "Thread not begun" in drawn("{% mini_thread states %}", states=["TODO"] * 7)
    partly = ["TIED", "TIED", "NO", "TODO", "TODO", "TODO", "TODO"]
    assert "Thread tied as far as decision" in drawn("{% mini_thread states %}", states=partly)


def test_a_thread_has_seven_stations() -> None:
    with pytest.raises(ValueError, match="7 stations, not 2"):
        drawn('{% mini_thread "tied cut" %}')


def test_what_stands_in_a_cut_station_is_boxed() -> None:
    cut = drawn('{% station "cut" "Told" %}<p>Three</p>{% endstation %}')
    tied = drawn('{% station "tied" "Told" %}<p>Three</p>{% endstation %}')
    assert '<div class="station__cut"><p>Three</p></div>' in cut
    assert "station__cut" not in tied


def test_a_split_bar_is_as_wide_as_its_parts_and_says_each_count() -> None:
    bar = drawn(
        "{% split_bar parts %}",
        parts=[("done", 1, ""), ("late", 3, "red: late"), ("at_risk", 0, "")],
    )
    assert 'width="138.0"' in bar
    assert 'width="418.0"' in bar
    assert "1 done" in bar
    assert "3 red: late" in bar
    assert "0 amber: at risk" in bar
    assert "bar-watch" not in bar


def test_a_split_bar_of_nothing_draws_no_bar() -> None:
    bar = drawn("{% split_bar parts %}", parts=[("done", 0, "")])
    assert '<svg class="split-bar"' not in bar
    assert "0 done" in bar


def test_people_s_words_are_escaped_and_marked_content_is_not() -> None:
    pair = drawn(
        '{% pair quote "June" "did_not" %}<p>Because</p>{% endpair %}', quote="<b>Oi</b> & more"
    )
    assert "“&lt;b&gt;Oi&lt;/b&gt; &amp; more”" in pair
    assert "<p>Because</p>" in pair
    assert "We did not, because" in pair


def test_a_code_ends_before_the_full_stop() -> None:
    assert drawn('{% code "R12" "/f/R12" %}.').endswith("R12</a>.")


def test_errors_are_counted_in_words_and_lead_to_their_fields() -> None:
    summary = drawn("{% error_summary form %}", form=Told({}))
    assert "Two things to put right" in summary
    assert '<a href="#id_how_0">Choose how we should tell you</a>' in summary
    assert '<a href="#id_name">Write your name</a>' in summary
    assert "One thing to put right" in drawn("{% error_summary form %}", form=Told({"name": "J"}))
    assert drawn("{% error_summary form %}", form=Told()) == ""
    assert drawn("{% error_summary form %}", form=Told({"name": "J", "how": "text"})) == ""


def test_a_field_names_its_hint_and_its_error() -> None:
    form = Told({})
    how = drawn("{% field form.how %}", form=form)
    assert 'aria-describedby="id_how_hint id_how_error"' in how
    assert 'id="id_how_hint"' in how
    assert 'id="id_how_error"' in how
    assert 'for="id_how_0"' in how
    name = drawn("{% field form.name %}", form=form)
    assert 'aria-describedby="id_name_error"' in name
    assert "govuk-input--error" in name
    assert 'aria-invalid="true"' in name
    assert "aria-describedby" not in drawn("{% field form.name %}", form=Told())


def test_no_browser_cuts_what_is_pasted_so_that_the_check_sees_all_of_it() -> None:
    class Number(forms.Form):
        uprn = forms.CharField(max_length=12)

    assert 'maxlength="12"' in str(Number()["uprn"])
    assert "maxlength" not in drawn("{% field form.uprn %}", form=Number())
    assert Number({"uprn": "10000000000001"}).errors["uprn"]


def test_an_answer_given_is_kept() -> None:
    how = drawn("{% field form.how %}", form=Told({"how": "text"}))
    assert 'value="text" id="id_how_1" checked' in how
    assert how.count(" checked") == 1


def test_the_one_question_of_a_page_is_its_heading() -> None:
    assert '<h1 class="govuk-fieldset__heading">How?</h1>' in drawn(
        '{% field form.how size="xl" %}', form=Told()
    )
    assert "<h1" not in drawn("{% field form.how %}", form=Told())


def test_a_set_filter_is_marked_and_an_empty_one_is_not() -> None:
    class Plan(forms.Form):
        owner = forms.CharField(required=False)
        state = forms.CharField(required=False)

    shown = drawn(
        '{% filters form sentence="Showing 3." %}', form=Plan({"owner": "Jean", "state": ""})
    )
    assert shown.count("filter--set") == 1
    assert '<label class="filter filter--set" for="id_owner">' in shown
    assert "Showing 3." in shown


def test_paging_keeps_the_filters() -> None:
    page = Paginator(range(100), 10).page(2)
    request = RequestFactory().get("/people/", {"area": "Hamworthy", "page": "2"})
    shown = drawn('{% pagination page "people" %}', page=page, request=request)
    assert 'href="?area=Hamworthy&amp;page=3"' in shown
    assert "11 to 20 of 100 people" in shown
    assert shown.count('aria-current="page"') == 1
    one_page = Paginator(range(3), 10).page(1)
    assert drawn("{% pagination page %}", page=one_page, request=request) == ""


def test_a_table_names_its_columns_for_eye_and_ear() -> None:
    shown = drawn('{% table "Owed" "Who|>Days|~Do" %}<tr><td>x</td></tr>{% endtable %}')
    assert '<caption class="visually-hidden">Owed</caption>' in shown
    assert '<th scope="col" class="figures">Days</th>' in shown
    assert '<span class="visually-hidden">Do</span>' in shown
    assert "<tbody><tr><td>x</td></tr></tbody>" in shown
    grouped = drawn('{% table "Owed" "Who" %}<tbody><tr></tr></tbody>{% endtable %}')
    assert grouped.count("<tbody") == 1


def test_crumbs_end_where_you_are() -> None:
    shown = drawn('{% crumbs "Plans" "/plans/" "The plan" %}')
    assert '<li><a href="/plans/">Plans</a></li><li aria-current="page">The plan</li>' in shown


def test_the_first_message_takes_the_focus_and_a_refusal_is_an_alert() -> None:
    shown = drawn(
        "{% page_messages rows %}", rows=[Message(SUCCESS, "Kept."), Message(ERROR, "Cannot.")]
    )
    assert shown.count("data-focus") == 1
    assert shown.index("data-focus") < shown.index("Kept.")
    assert 'role="status"' in shown
    assert 'role="alert"' in shown
    assert drawn("{% page_messages rows %}", rows=[]) == ""


def test_the_person_near_can_be_rung() -> None:
    shown = drawn('{% person_card "Jean Marlow (demo)" "01632 960 142" ask_url="/ring/" %}')
    assert 'href="tel:01632960142"' in shown
    assert ">JM</div>" in shown
    assert "Ask Jean to ring you" in shown
