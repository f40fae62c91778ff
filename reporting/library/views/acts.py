"""What officers do with a report: each act one form, one operation, one sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from involvement.accounts.doors import LandlordRequest, landlord_view, posted
from involvement.accounts.permissions import Permission
from involvement.auditing.actors import Actor
from involvement.auditing.meanwhile import Writing
from involvement.auditing.refusals import Refusal
from reporting.catalogue.queries import kind_named
from reporting.library import forms, operations, policies, queries
from reporting.library.models import Report
from reporting.library.texts import label_of, original_of, own_keys


@landlord_view(Permission.REPORT_EDIT)
def report_begin(request: LandlordRequest) -> HttpResponse:
    month = request.landlord.year_start_month
    form = forms.Begin(posted(request), year_start_month=month)
    if form.is_valid():
        try:
            report = operations.begin_report(
                kind=form.cleaned_data["kind"],
                period=form.cleaned_data["period"],
                by=request.actor,
                at=timezone.now(),
            )
            return redirect("reports:report_detail", report.pk)
        except Refusal as refusal:
            form.add_error("period", str(refusal))
    return render(request, "reporting/library/report_begin.html", {"form": form})


@require_POST
@landlord_view(Permission.REPORT_PUBLISH)
def report_approve(request: LandlordRequest, pk: int) -> HttpResponse:
    return _act(
        request, pk, operations.approve_report, "The report is approved. Its files are being made."
    )


@require_POST
@landlord_view(Permission.REPORT_PUBLISH)
def report_take_back(request: LandlordRequest, pk: int) -> HttpResponse:
    return _act(request, pk, operations.take_back_approval, "The report is a draft again.")


@require_POST
@landlord_view(Permission.REPORT_PUBLISH)
def report_publish(request: LandlordRequest, pk: int) -> HttpResponse:
    """Publish it; one that was counted before its period was over only after asking."""
    early = "early" in request.POST
    report = get_object_or_404(Report.objects.order_by("pk"), pk=pk)
    if policies.can_publish(report) and policies.was_counted_early(report) and not early:
        context = {
            "report": report,
            "kind": kind_named(report.kind),
            "early_words": policies.early_words(report),
        }
        return render(request, "reporting/library/report_early.html", context)
    publish = partial(operations.publish_report, early=early)
    return _act(request, pk, publish, "The report is published.")


@require_POST
@landlord_view(Permission.REPORT_EDIT)
def report_recount(request: LandlordRequest, pk: int) -> HttpResponse:
    """Count a draft anew that was counted before its period was over."""

    def recount(report: Report, by: Actor, at: dt.datetime) -> Report:
        period = queries.period_of(report, request.landlord)
        moment = queries.counting_moment(kind_named(report.kind), period, at)
        return operations.recount_draft(report=report, counted_at=moment, by=by, at=at)

    return _act(request, pk, recount, "It is being counted again.")


@require_POST
@landlord_view(Permission.REPORT_EDIT)
def report_again(request: LandlordRequest, pk: int) -> HttpResponse:
    return _act(request, pk, operations.ask_again, "It is being made again.")


@landlord_view(Permission.REPORT_PUBLISH)
def report_withdraw(request: LandlordRequest, pk: int) -> HttpResponse:
    def withdraw(report: Report, because: str) -> Report:
        return operations.withdraw_report(
            report=report, because=because, by=request.actor, at=timezone.now()
        )

    return _with_reason(request, pk, "Withdraw the report", withdraw, "The report is withdrawn.")


@landlord_view(Permission.REPORT_EDIT)
def report_restate(request: LandlordRequest, pk: int) -> HttpResponse:
    def restate(report: Report, because: str) -> Report:
        now = timezone.now()
        return operations.restate_report(
            report=report, because=because, counted_at=now, by=request.actor, at=now
        )

    return _with_reason(request, pk, "Write a new version", restate, "A new version is begun.")


@landlord_view(Permission.REPORT_EDIT)
def report_wording(request: LandlordRequest, pk: int) -> HttpResponse:
    """Every text of ours in the report; `?edit=` opens one, on its own row."""
    report = get_object_or_404(Report.objects.order_by("pk"), pk=pk)
    if report.facts is None:
        raise Http404
    edit = request.GET.get("edit", "")
    writing = Writing(request, report, lambda data: _words_form(data, report, edit))
    error = _word(request, report, edit, writing.form) if request.method == "POST" else ""
    if request.method == "POST" and not error:
        messages.success(
            request, "The wording is kept. The files show it when they are made again."
        )
        return redirect(f"{request.path}#{edit.replace('.', '-')}")
    facts, wording = queries.facts_of(report), queries.wording_of(report)
    changed = {each.key: each for each in queries.wording_history(report)}
    rows = [
        {
            "key": key,
            "anchor": key.replace(".", "-"),
            "label": label_of(key),
            "original": original_of(facts, key),
            "words": wording.get(key, original_of(facts, key)),
            "changed": changed.get(key),
            "quote": key.endswith(".quote"),
        }
        for key in own_keys(facts)
    ]
    context = {
        "report": report,
        "kind": kind_named(report.kind),
        "rows": rows,
        "edit": edit,
        "writing": writing,
        "typed": writing.form["words"].value(),
        "error": error,
        "can_word": policies.can_word(report),
    }
    return render(request, "reporting/library/report_wording.html", context)


def _words_form(data: Any, report: Report, key: str) -> forms.Words:
    """The form of one text, as it reads now."""
    facts = queries.facts_of(report)
    known = key in own_keys(facts)
    stands = queries.wording_of(report).get(key, original_of(facts, key)) if known else ""
    return forms.Words(data, initial={"words": stands})


def _word(request: LandlordRequest, report: Report, key: str, form: forms.Words) -> str:
    """Keep one text; the sentence of the refusal, or ""."""
    if not form.is_valid():
        return " ".join(str(words) for errors in form.errors.values() for words in errors)
    try:
        operations.word_text(
            report=report,
            key=key,
            words=form.cleaned_data["words"],
            by=request.actor,
            at=timezone.now(),
        )
    except Refusal as refusal:
        return str(refusal)
    return ""


def _act(
    request: LandlordRequest, pk: int, operation: Callable[..., Report], sentence: str
) -> HttpResponse:
    report = get_object_or_404(Report.objects.order_by("pk"), pk=pk)
    try:
        operation(report=report, by=request.actor, at=timezone.now())
        messages.success(request, sentence)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("reports:report_detail", pk)


def _with_reason(
    request: LandlordRequest,
    pk: int,
    heading: str,
    operation: Callable[[Report, str], Report],
    sentence: str,
) -> HttpResponse:
    report = get_object_or_404(Report.objects.order_by("pk"), pk=pk)
    form = forms.Reason(posted(request))
    if form.is_valid():
        try:
            done = operation(report, form.cleaned_data["because"])
            messages.success(request, sentence)
            return redirect("reports:report_detail", done.pk)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(
        request,
        "reporting/library/report_reason.html",
        {"form": form, "report": report, "kind": kind_named(report.kind), "heading": heading},
    )
