"""The table of states: every state is reached, from every state a task can be done, nothing stands twice."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from khoithong.office.tasks.models import WorkState
from khoithong.office.tasks.states import TABLE, Act, Party, _moves


def reached_from(start: WorkState) -> set[WorkState]:
    seen, edge = {start}, [start]
    while edge:
        here = edge.pop()
        for move in TABLE.values():
            if move.source is here and move.target not in seen:
                seen.add(move.target)
                edge.append(move.target)
    return seen


def test_every_state_is_reached_from_a_new_task() -> None:
    assert reached_from(WorkState.NOT_STARTED) == set(WorkState)


@pytest.mark.parametrize("state", WorkState)
def test_no_state_is_a_dead_end(state: WorkState) -> None:
    assert WorkState.DONE in reached_from(state)
    assert any(move.source is state and move.target is not state for move in TABLE.values())


def test_every_act_is_in_the_table_and_no_line_stands_twice() -> None:
    moves: Iterable = list(_moves())
    assert len(list(moves)) == len(TABLE)
    assert {move.act for move in moves} == set(Act)


def test_done_is_entered_by_confirmation_alone_and_left_by_reopening_alone() -> None:
    assert [(m.source, m.act) for m in TABLE.values() if m.target is WorkState.DONE] == [
        (WorkState.AWAITING, Act.CONFIRM)
    ]
    assert [m.act for m in TABLE.values() if m.source is WorkState.DONE] == [Act.REOPEN]


def test_only_the_assigning_side_decides_on_more_time() -> None:
    deciding = {m.parties for m in TABLE.values() if m.act in (Act.GRANT_EXTENSION, Act.DENY_EXTENSION)}
    assert deciding == {frozenset({Party.ASSIGNER})}


def test_the_lead_never_decides_on_its_own_work() -> None:
    deciding = (Act.CONFIRM, Act.RETURN, Act.REOPEN, Act.CORRECT, Act.REASSIGN, Act.GRANT_EXTENSION)
    assert not [m for m in TABLE.values() if m.act in deciding and Party.LEAD in m.parties]


def test_the_page_on_tasks_shows_this_very_table() -> None:
    page = Path(__file__).resolve().parents[3] / "docs" / "explanation" / "tasks.md"
    shown = {line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("| ")}
    for move in TABLE.values():
        parties = ", ".join(sorted(party.value for party in move.parties))
        line = f"| {move.source.value} | {move.act.value} | {move.target.value} | {parties} |"
        assert line in shown
    acts = {act.value for act in Act}
    rows = [line for line in shown if line.split("|")[2].strip() in acts]
    assert len(rows) == len(TABLE)
