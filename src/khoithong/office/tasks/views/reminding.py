"""Reminding the leads of chosen tasks: each is one action, and what cannot be reminded of is said."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from khoithong.office.accounts.permissions import Capability, require
from khoithong.office.base.actions import Refused
from khoithong.office.base.clock import now
from khoithong.office.tasks.actions import remind_task
from khoithong.office.tasks.queries import visible_tasks
from khoithong.office.tasks.views.common import forbids, person_of

AT_ONCE = 200


@require_POST
@forbids
def remind(request: HttpRequest) -> HttpResponseBase:
    """Reminds of the tasks in `selected`, then goes back to `next`."""
    person, at = person_of(request), now()
    require(person, Capability.DECIDE_EXTENSION)
    chosen = {value for value in request.POST.getlist("selected")[:AT_ONCE] if value.isdecimal()}
    done, left = 0, ""
    for task in visible_tasks(person).filter(pk__in=chosen):
        try:
            remind_task(by=person, task=task, at=at)
            done += 1
        except Refused as refusal:
            left = refusal.message
    if done:
        words = ngettext("Đã nhắc %(count)d nhiệm vụ.", "Đã nhắc %(count)d nhiệm vụ.", done)
        messages.success(request, words % {"count": done})
    if left:
        skipped = len(chosen) - done
        words = ngettext("%(count)d nhiệm vụ không nhắc:", "%(count)d nhiệm vụ không nhắc:", skipped)
        messages.info(request, f"{words % {'count': skipped}} {left}")
    onward = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(onward, allowed_hosts={request.get_host()}):
        onward = reverse("tasks:list")
    return redirect(onward)
