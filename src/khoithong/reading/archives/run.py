"""The leading process: hands batches to whoever has hands free, keeps what comes back, and puts it together in order.

Never more batches are in memory than there are hands. A batch over which a worker dies is read again document by
document, so that only the one at fault is lost.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from khoithong.reading.archives import CannotRead, columns
from khoithong.reading.archives.documents import Batch, batches
from khoithong.reading.archives.store import Store
from khoithong.reading.archives.work import Answer, version

_TRIES = 2
_DIES = "làm trình đọc dừng đột ngột; hãy đưa riêng văn bản này cho người phát triển"
_OTHER_VERSION = (
    "một máy trong cụm dùng bản khoithong khác với máy này; hãy cài cùng một bản trên mọi máy rồi gõ lại lệnh này"
)


class Hands(Protocol):
    """Whoever reads batches: the processes of this machine, or a cluster."""

    @property
    def free(self) -> int: ...
    def hand(self, ticket: int, batch: Batch) -> None: ...
    def answers(self) -> list[tuple[int, Answer | None]]: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading is. `passed` counts bytes on disk, `read` bytes or letters of text read this time."""

    documents: int
    passed: int
    read: int
    recalled: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: rows written, rows of an earlier run among them, and (source, id, reason) of what failed."""

    documents: int
    recalled: int
    failures: list[tuple[str, str, str]]


@dataclass(slots=True)
class _Task:
    """A batch at work, whole or, after a death, document by document."""

    batch: Batch
    size: int
    passed: int
    missing: int = 1
    tables: dict[int, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Piece:
    task: _Task
    batch: Batch
    number: int
    tries: int = 1


def read_archive(
    paths: list[str], output: Path, hands: Hands, report: Callable[[Progress], None] = lambda progress: None
) -> Outcome:
    """Read all documents of `paths` into `output`. Raises CannotRead, FileNotFoundError; stopped by any exception, it
    goes on the next time from the parts that are done. `hands` are closed in any case."""
    try:
        with Store(output) as store:
            return _Run(store, hands, report).all_of(paths)
    finally:
        hands.close()


class _Run:
    def __init__(self, store: Store, hands: Hands, report: Callable[[Progress], None]) -> None:
        self._store = store
        self._hands = hands
        self._report = report
        self._tickets = 0
        self._out: dict[int, _Piece] = {}
        self._again: deque[_Piece] = deque()
        self._at_work: set[str] = set()
        self._progress = Progress(0, 0, 0, 0)

    def all_of(self, paths: list[str]) -> Outcome:
        keys: list[str] = []
        aside = frozenset({str(self._store.output.absolute()), str(self._store.folder.absolute())})
        before = 0
        for batch in batches(paths, leave_out=aside, salt=version()):
            keys.append(batch.key)
            delta, before = batch.passed - before, batch.passed
            rows = self._store.rows(batch.key)
            if rows is not None:
                self._count(documents=rows, passed=delta, recalled=rows)
            elif batch.key not in self._at_work:
                self._at_work.add(batch.key)
                self._start(_Piece(_Task(batch, batch.size, delta), batch, 0))
        while self._out or self._again:
            self._collect()
        failures = self._store.finish(keys)
        return Outcome(self._progress.documents, self._progress.recalled, failures)

    def _start(self, piece: _Piece) -> None:
        while self._again or self._hands.free < 1:
            self._collect()
        self._hand(piece)

    def _hand(self, piece: _Piece) -> None:
        self._tickets += 1
        self._out[self._tickets] = piece
        self._hands.hand(self._tickets, piece.batch)

    def _collect(self) -> None:
        """Hand out what must be read again, then wait for answers."""
        while self._again and self._hands.free > 0:
            self._hand(self._again.popleft())
        for ticket, answer in self._hands.answers():
            piece = self._out.pop(ticket)
            if answer is None:
                self._died(piece)
                continue
            if answer.version != version():
                raise CannotRead(_OTHER_VERSION)
            self._done(piece, columns.arrow().ipc.open_stream(answer.table).read_all())

    def _died(self, piece: _Piece) -> None:
        documents = piece.batch.documents
        if len(documents) > 1:
            piece.task.missing = len(documents)
            singles = (
                replace(piece.batch, key=f"{piece.batch.key}.{n}", documents=(d,)) for n, d in enumerate(documents)
            )
            self._again.extend(_Piece(piece.task, single, n) for n, single in enumerate(singles))
        elif piece.tries < _TRIES:
            self._again.append(replace(piece, tries=piece.tries + 1))
        else:
            self._done(piece, columns.table([columns.failed_row(documents[0].source, documents[0].id, _DIES)]))

    def _done(self, piece: _Piece, table: Any) -> None:
        task = piece.task
        task.tables[piece.number] = table
        if len(task.tables) < task.missing:
            return
        whole = columns.arrow().concat_tables([task.tables[n] for n in sorted(task.tables)])
        self._store.save(task.batch.key, whole.combine_chunks())
        self._at_work.discard(task.batch.key)
        self._count(documents=whole.num_rows, passed=task.passed, read=task.size)

    def _count(self, *, documents: int, passed: int, read: int = 0, recalled: int = 0) -> None:
        so_far = self._progress
        self._progress = Progress(
            so_far.documents + documents, so_far.passed + passed, so_far.read + read, so_far.recalled + recalled
        )
        self._report(self._progress)
