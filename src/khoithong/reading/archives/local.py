"""The processes of this machine as hands: each holds one batch at a time, and may die without harm to the others."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from multiprocessing.connection import Connection, wait
from typing import Any

from khoithong.reading.archives.documents import Batch
from khoithong.reading.archives.work import Answer, read_batch


class Processes:
    """`count` worker processes. They end when this process does, however it ends: their pipe closes."""

    def __init__(self, count: int) -> None:
        # A forked copy of a process with threads may hang; a spawned one knows only what it is told.
        self._context = multiprocessing.get_context("spawn")
        self._idle: deque[_Worker] = deque(self._worker() for _ in range(count))
        self._busy: dict[Connection, tuple[_Worker, int]] = {}
        self._dead: list[tuple[int, Answer | None]] = []

    @property
    def free(self) -> int:
        """How many batches may be handed over now."""
        return len(self._idle)

    def hand(self, ticket: int, batch: Batch) -> None:
        """Have one batch read; its answer comes back under `ticket`."""
        worker = self._idle.popleft()
        try:
            worker.pipe.send(batch)
        except OSError:
            self._replace(worker)
            self._dead.append((ticket, None))
            return
        self._busy[worker.pipe] = (worker, ticket)

    def answers(self) -> list[tuple[int, Answer | None]]:
        """Waits until something is done: tickets with their answers, None where the worker died over the batch."""
        done, self._dead = self._dead, []
        for pipe in [] if done else wait(list(self._busy)):
            assert isinstance(pipe, Connection)
            worker, ticket = self._busy.pop(pipe)
            try:
                done.append((ticket, pipe.recv()))
                self._idle.append(worker)
            except (EOFError, OSError):
                self._replace(worker)
                done.append((ticket, None))
        return done

    def close(self) -> None:
        """End all workers at once, whatever they are doing."""
        for worker in [*self._idle, *(worker for worker, _ in self._busy.values())]:
            worker.end()
        self._idle.clear()
        self._busy.clear()

    def _replace(self, worker: _Worker) -> None:
        worker.end()
        self._idle.append(self._worker())

    def _worker(self) -> _Worker:
        here, there = self._context.Pipe()
        process = self._context.Process(target=_work, args=(there,), daemon=True)
        # Ctrl-C goes to every process at this terminal; the leading one alone decides what it means.
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            process.start()
        finally:
            signal.signal(signal.SIGINT, before)
        there.close()
        return _Worker(process, here)


class _Worker:
    def __init__(self, process: Any, pipe: Connection) -> None:
        self.process = process
        self.pipe = pipe

    def end(self) -> None:
        self.pipe.close()
        self.process.kill()
        self.process.join()
        self.process.close()


def _work(pipe: Connection) -> None:
    try:
        while True:
            pipe.send(read_batch(pipe.recv()))
    except (EOFError, OSError):
        return  # the leading process is gone
