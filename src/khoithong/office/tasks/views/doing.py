"""From a filled form to the action it asks for."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import Http404

from khoithong.office.accounts.models import Person
from khoithong.office.documents.actions.papers import refuse_size
from khoithong.office.documents.actions.registering import Upload
from khoithong.office.tasks import actions
from khoithong.office.tasks.forms import ActForm
from khoithong.office.tasks.models import Task
from khoithong.office.tasks.states import Act

Deed = Callable[..., Any]

PLAIN: dict[Act, Deed] = {
    Act.ASK_EXTENSION: actions.ask_extension,
    Act.OFFER: actions.offer_proof,
    Act.REFUSE: actions.refuse_task,
    Act.INSIST: actions.insist_on_task,
    Act.SUSPEND: actions.suspend_task,
    Act.RESUME: actions.resume_task,
    Act.REASSIGN: actions.reassign_task,
    Act.PARTICIPATE: actions.change_participants,
    Act.CORRECT: actions.correct_task,
    Act.REOPEN: actions.reopen_task,
}
"""Acts whose action takes the task and the fields of the form by their own names."""

ON_PROOF: dict[Act, Deed] = {
    Act.CONFIRM: actions.confirm_completion,
    Act.RETURN: actions.return_proof,
    Act.WITHDRAW: actions.withdraw_proof,
}
ON_EXTENSION: dict[Act, Deed] = {
    Act.GRANT_EXTENSION: actions.grant_extension,
    Act.DENY_EXTENSION: actions.deny_extension,
}


def do_act(act: Act, form: ActForm, *, task: Task, by: Person, at: datetime) -> None:
    """Calls the action of `act` with what the valid `form` holds. Raises Refused; Http404 where nothing is asked."""
    data = dict(form.cleaned_data)
    if act is Act.REPORT:
        files = [_upload(file) for file in data.pop("files")]
        actions.report_progress(by=by, task=task, files=files, at=at, **data)
    elif act in PLAIN:
        PLAIN[act](by=by, task=task, at=at, **data)
    elif act in ON_PROOF:
        proof = _newest(task.proofs.all())
        ON_PROOF[act](by=by, proof=proof, at=at, **data)
    else:
        extension = _newest(task.extensions.all())
        ON_EXTENSION[act](by=by, extension=extension, at=at, **data)


def _newest(asked: QuerySet[Any]) -> Any:
    """What the answer is about; where it was answered meanwhile the action says so."""
    if (newest := asked.order_by("-pk").first()) is None:
        raise Http404
    return newest


def _upload(file: UploadedFile) -> Upload:
    """The file as the action takes it; one that is too big is refused before it is read."""
    refuse_size(file.size or 0)
    name = file.name or ""
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Upload(data=file.read(), name=name, media_type=media_type)
