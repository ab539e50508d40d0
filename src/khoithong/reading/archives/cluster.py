"""The workers of an existing Dask cluster as hands.

They need this very version of khoithong, and pyarrow, but no shared disk. A worker that dies is no matter: the
scheduler gives its batches to the others.
"""

from __future__ import annotations

import asyncio
import queue
import warnings
from typing import Any

from khoithong.reading.archives import CannotRead
from khoithong.reading.archives.documents import Batch
from khoithong.reading.archives.work import Answer, read_batch

_SECONDS_TO_FIND = 20
_SECONDS_WITHOUT_NEWS = 5
_AHEAD = 2  # batches for each thread of the cluster: one in work, one waiting beside it


class Cluster:
    """The cluster whose scheduler listens at `address` (tcp://host:port). Raises CannotRead if it is silent."""

    def __init__(self, address: str) -> None:
        distributed = _distributed()
        self._address = address
        self._killed: type[Exception] = distributed.KilledWorker
        try:
            self._client = distributed.Client(address, timeout=_SECONDS_TO_FIND, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise CannotRead(
                f"không tới được bộ điều phối {address} ({type(error).__name__}); xem lại địa chỉ, mạng"
            ) from None
        self._done: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._futures: dict[int, Any] = {}

    @property
    def free(self) -> int:
        """How many batches may be handed over now, by the threads that the cluster has now."""
        threads: int = sum(
            worker["nthreads"] for worker in self._client.scheduler_info(n_workers=-1)["workers"].values()
        )
        return max(1, _AHEAD * threads) - len(self._futures)

    def hand(self, ticket: int, batch: Batch) -> None:
        """Have one batch read; its answer comes back under `ticket`."""
        with warnings.catch_warnings():
            # Dask would rather have large data laid out first; but what lies on a worker that dies is lost.
            warnings.filterwarnings("ignore", message="Sending large graph")
            future = self._client.submit(read_batch, batch, key=f"khoithong-{batch.key}-{ticket}", pure=False)
        self._futures[ticket] = future
        future.add_done_callback(lambda _, ticket=ticket: self._done.put(ticket))

    def answers(self) -> list[tuple[int, Answer | None]]:
        """Waits until something is done: tickets with their answers, None where worker after worker died over it."""
        while True:
            try:
                ticket = self._done.get(timeout=_SECONDS_WITHOUT_NEWS)
            except queue.Empty:
                if self._client.status != "running":
                    raise self._lost() from None
                continue
            return [(ticket, self._answer(self._futures.pop(ticket)))]

    def close(self) -> None:
        """Give up what is still being read, and leave the cluster as it was."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if self._futures:
                self._client.cancel(list(self._futures.values()), force=True)
            self._client.close()

    def _answer(self, future: Any) -> Answer | None:
        try:
            answer: Answer = future.result()
        except self._killed:
            return None
        except (asyncio.CancelledError, OSError, TimeoutError):
            raise self._lost() from None
        except Exception as error:
            if "Cancelled" in type(error).__name__:
                raise self._lost() from None
            raise CannotRead(
                f"máy trong cụm không đọc được ({type(error).__name__}: {error}); mọi máy cần cùng một bản "
                "khoithong và gói pyarrow"
            ) from None
        return answer

    def _lost(self) -> CannotRead:
        return CannotRead(f"mất liên lạc với bộ điều phối {self._address}; gõ lại lệnh này để đọc tiếp")


def _distributed() -> Any:
    try:
        import distributed  # noqa: PLC0415 - an extra; one machine does without
    except ImportError:
        raise CannotRead("cần gói distributed (Dask); hãy cài: pip install 'khoithong[cluster]'") from None
    return distributed
