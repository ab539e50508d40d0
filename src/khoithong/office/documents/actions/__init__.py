"""What may be done to papers: keep, register, review, link. Each is one transaction with one audit entry."""

from khoithong.office.documents.actions import verbs as _verbs  # noqa: F401 - registers the audit verbs
from khoithong.office.documents.actions.linking import link_citations, link_waiting, share_with
from khoithong.office.documents.actions.papers import (
    attach_file,
    correct_identity,
    keep_file,
)
from khoithong.office.documents.actions.receiving import receive_file, receive_files, receive_reading
from khoithong.office.documents.actions.registering import Line, register_new_paper, register_paper
from khoithong.office.documents.actions.reshaping import merge_findings, split_finding
from khoithong.office.documents.actions.review import (
    accept_finding,
    accept_sure_findings,
    add_finding,
    correct_finding,
    discard_finding,
    mark_reading_confirmed,
    restore_finding,
)

__all__ = [
    "Line",
    "accept_finding",
    "accept_sure_findings",
    "add_finding",
    "attach_file",
    "correct_finding",
    "correct_identity",
    "discard_finding",
    "keep_file",
    "link_citations",
    "link_waiting",
    "mark_reading_confirmed",
    "merge_findings",
    "receive_file",
    "receive_files",
    "receive_reading",
    "register_new_paper",
    "register_paper",
    "restore_finding",
    "share_with",
    "split_finding",
]
