"""The landlord's own question set: versions, one that is being changed, and what becomes of
answers that are no longer offered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.meanwhile import Writing
from involvement.auditing.refusals import Refusal
from involvement.landlords.queries import landlord_in_scope
from involvement.questionnaires import operations as questionnaires
from involvement.questionnaires.definition import Kind, Question
from involvement.questionnaires.models import Version
from involvement.questionnaires.policies import unmapped
from involvement.questionnaires.queries import definition_of, draft_of, versions
from residents.profiles import operations, queries
from residents.profiles.editing import as_lines, new_code, with_lines, with_question
from residents.profiles.forms.asking import AgeBandsForm, MappingForm, QuestionForm
from residents.profiles.packs import starting_pack

NEW = "new"


@landlord_view(Permission.SETTINGS_CHANGE)
@require_safe
def question_list(request: LandlordRequest) -> HttpResponse:
    """What is asked now, since when and by which source; and the draft, if one is begun."""
    version, draft = queries.question_set(), draft_of(queries.KEY)
    shown = draft or version
    context = {
        "version": version,
        "draft": draft,
        "definition": definition_of(shown) if shown else starting_pack().definition,
        "pack": starting_pack(),
        "versions": list(versions(queries.KEY)),
        "missing": len(unmapped(draft)) if draft else 0,
        "bands": queries.age_bands(),
    }
    return render(request, "residents/profiles/question_list.html", context)


@landlord_view(Permission.SETTINGS_CHANGE)
@require_POST
def question_act(request: LandlordRequest, act: str) -> HttpResponse:
    """Begin, begin to change, put in use, or drop what was begun."""
    at, by = timezone.now(), request.actor
    try:
        if act == "begin":
            operations.begin_question_set(by=by, at=at)
            messages.success(request, "The questions are in use from today.")
        elif act == "change":
            version = queries.question_set()
            if version is None:
                raise Http404
            questionnaires.draft_version(questionnaire=version.questionnaire, by=by, at=at)
        elif act == "use":
            today = timezone.localdate(at)
            questionnaires.put_in_use(version=_draft(), valid_from_on=today, by=by, at=at)
            messages.success(request, "The new version is asked from today.")
        elif act == "drop":
            questionnaires.drop_draft(version=_draft(), by=by, at=at)
            messages.success(request, "The draft is dropped. What is asked has not changed.")
        else:
            raise Http404
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("profiles:question_list")


@landlord_view(Permission.SETTINGS_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def question_edit(request: LandlordRequest, code: str) -> HttpResponse:
    """Change one question of the draft, or add one: its words, its answers, whether it is asked."""
    draft = _draft()

    def make(data: Any) -> QuestionForm:
        question = _question(draft, code)
        form = QuestionForm(data, initial=_initial(question))
        if question.kind not in {Kind.ONE, Kind.SEVERAL}:
            del form.fields["options"]
        return form

    writing = Writing(request, draft, make)
    form, question = writing.form, _question(draft, code)
    if form.is_valid():
        data, definition = form.cleaned_data, definition_of(draft)
        changed = replace(
            question,
            code=question.code
            or new_code(data["name"], {one.code for one in definition.questions}),
            text=data["text"],
            name=data["name"],
            hint=data["hint"],
            least_age=queries.OF_AGE if data["least_age"] else 0,
            asked=data["asked"],
        )
        if "options" in data:
            changed = with_lines(changed, data["options"])
        questionnaires.change_draft(
            version=draft,
            definition=with_question(definition, changed),
            by=request.actor,
            at=timezone.now(),
        )
        if writing.taken:
            messages.success(request, writing.told("The question is kept."))
        return redirect("profiles:question_list")
    context = {"form": form, "question": question, "is_new": code == NEW, "writing": writing}
    return render(request, "residents/profiles/question_edit.html", context)


@landlord_view(Permission.SETTINGS_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def mapping_edit(request: LandlordRequest) -> HttpResponse:
    """Say what each answer that is no longer offered counts as from now on."""
    draft, before = _draft(), queries.question_set()
    gone = []
    for question, code in unmapped(draft) if before else []:
        now = definition_of(draft).question(question)
        rows = [(one.code, one.label) for one in now.options] if now else []
        name, label = (
            queries.words_for(definition_of(before), question, code) if before else ("", "")
        )
        gone.append((question, code, f"{name}: {label}", rows))
    form = MappingForm(posted(request), gone=gone)
    if request.method == "POST" and form.is_valid():
        mapping = {code: {**draft.mapping.get(code, {})} for code in draft.mapping}
        for question, codes in form.mapping().items():
            mapping.setdefault(question, {}).update(codes)
        questionnaires.change_draft(
            version=draft, mapping=mapping, by=request.actor, at=timezone.now()
        )
        return redirect("profiles:question_list")
    return render(request, "residents/profiles/mapping_edit.html", {"form": form})


@landlord_view(Permission.SETTINGS_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def age_bands(request: LandlordRequest) -> HttpResponse:
    """The bands ages are counted in."""

    def make(data: Any) -> AgeBandsForm:
        lines = "\n".join(f"{band.lowest}: {band.label}" for band in queries.age_bands())
        return AgeBandsForm(data, initial={"bands": lines})

    writing = Writing(request, landlord_in_scope(), make)
    form = writing.form
    if form.is_valid():
        operations.change_age_bands(
            bands=form.cleaned_data["bands"], by=request.actor, at=timezone.now()
        )
        messages.success(
            request, "The age bands are saved. Figures use them from the next quarter."
        )
        return redirect("profiles:question_list")
    context = {"form": form, "writing": writing}
    return render(request, "residents/profiles/age_bands.html", context)


def _draft() -> Version:
    draft = draft_of(queries.KEY)
    if draft is None:
        raise Http404
    return draft


def _question(draft: Version, code: str) -> Question:
    question = Question(code="", text="") if code == NEW else definition_of(draft).question(code)
    if question is None:
        raise Http404
    return question


def _initial(question: Question) -> dict[str, object]:
    return {
        "text": question.text,
        "name": question.short_name,
        "hint": question.hint,
        "options": as_lines(question),
        "least_age": question.least_age > 0,
        "asked": question.asked,
    }
