"""What came back: texts that nobody has dealt with, and receipts of what we did not send."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from involvement.accounts.doors import LandlordRequest, landlord_view
from involvement.accounts.permissions import Permission
from involvement.auditing.refusals import Refusal
from involvement.delivery import operations, queries
from involvement.delivery.models import InboundMessage

PAGE = 50


@landlord_view(Permission.REPLY_SEND)
@require_safe
def came_back(request: LandlordRequest) -> HttpResponse:
    """What people wrote that nobody has taken, and receipts that belong to no message of ours."""
    receipts = list(queries.receipts_of_nothing()[: PAGE + 1])
    context = {
        "page": Paginator(queries.not_taken(), PAGE).get_page(request.GET.get("page")),
        "receipts": receipts[:PAGE],
        "more_receipts": len(receipts) > PAGE,
        "most": PAGE,
    }
    return render(request, "involvement/delivery/came_back.html", context)


@landlord_view(Permission.REPLY_SEND)
@require_POST
def inbound_settle(request: LandlordRequest, pk: int) -> HttpResponse:
    """Somebody has dealt with what was written."""
    try:
        operations.settle_inbound(
            inbound=get_object_or_404(InboundMessage.objects.order_by("pk"), pk=pk),
            by=request.actor,
            at=timezone.now(),
        )
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "It is dealt with.")
    return redirect("delivery:came_back")
