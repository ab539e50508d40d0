"""What is done already, on disk: the parts of an unfinished output, and the output of the last time.

Beside `out.parquet` lies the folder `out.parquet.parts` while the work lasts: a Parquet file for each batch, named by
the hash of what the batch contains and written in one step, and `manifest.jsonl`, a line for each finished part. The
output has one row group for each batch and remembers their hashes, so that another run over a changed archive reads
only what is new.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from khoithong.reading.archives import CannotRead, columns

_BATCHES = b"khoithong.batches"


class Store:
    """The parts of one output; a context that holds the output for itself. Raises CannotRead where it cannot be had."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self.folder = output.with_name(output.name + ".parts")
        self._manifest: IO[str] | None = None
        self._lock: IO[str] | None = None
        self._rows: dict[str, int] = {}
        self._groups: dict[str, int] = {}
        self._old: Any = None

    def __enter__(self) -> Self:
        try:
            self.folder.mkdir(exist_ok=True)
            self._lock = (self.folder / "lock").open("w", encoding="ascii")
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._close()
            raise CannotRead(
                f"{self.output}: đang có một lượt đọc khác ghi vào đây; hãy đợi hoặc chọn tệp khác"
            ) from None
        except OSError as error:
            raise CannotRead(f"{self.output}: không ghi được ({error.strerror}); hãy chọn nơi khác") from None
        self._recall()
        self._manifest = (self.folder / "manifest.jsonl").open("a", encoding="ascii")
        self._manifest.write("\n")  # a line that a kill cut short must not spoil the next
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _close(self) -> None:
        for file in (self._manifest, self._lock, self._old):
            if file is not None:
                file.close()

    def rows(self, key: str) -> int | None:
        """How many rows a finished batch has; None where it is still to be read."""
        if key in self._groups:
            return int(self._old.metadata.row_group(self._groups[key]).num_rows)
        return self._rows.get(key)

    def save(self, key: str, table: Any) -> None:
        """Keep the rows of a batch: the part in one step, then its line in the manifest."""
        part = self._part(key)
        beside = part.with_suffix(".tmp")
        with beside.open("wb") as file:
            columns.arrow().parquet.write_table(table, file, compression="zstd")
            file.flush()
            os.fsync(file.fileno())
        beside.replace(part)
        assert self._manifest is not None
        self._manifest.write(json.dumps({"batch": key, "rows": table.num_rows}) + "\n")
        self._manifest.flush()
        self._rows[key] = table.num_rows

    def tables(self, keys: list[str]) -> Iterator[Any]:
        """The rows of finished batches, one batch at a time."""
        for key in keys:
            if key in self._groups:
                yield self._old.read_row_group(self._groups[key]).combine_chunks()
            else:
                with columns.arrow().parquet.ParquetFile(self._part(key)) as part:
                    yield part.read().combine_chunks()

    def finish(self, keys: list[str]) -> list[tuple[str, str, str]]:
        """Write the output from its batches, in one step, drop the parts. Returns failures: (source, id, reason)."""
        failures: list[tuple[str, str, str]] = []
        beside = self.folder / "output.tmp"
        parquet = columns.arrow().parquet
        with parquet.ParquetWriter(beside, columns.schema(), compression="zstd") as writer:
            for table in self.tables(keys):
                # What another version of the library has read back must not change a byte of what is written.
                writer.write_table(table.replace_schema_metadata(None), row_group_size=max(1, table.num_rows))
                failures.extend(_failures(table))
            writer.add_key_value_metadata({_BATCHES: json.dumps(keys).encode()})
        with beside.open("rb") as file:
            os.fsync(file.fileno())
        beside.replace(self.output)
        shutil.rmtree(self.folder, ignore_errors=True)
        return failures

    def _part(self, key: str) -> Path:
        return self.folder / f"{key}.parquet"

    def _recall(self) -> None:
        manifest = self.folder / "manifest.jsonl"
        for line in manifest.read_text(encoding="ascii", errors="replace").splitlines() if manifest.exists() else ():
            try:
                done = json.loads(line)
                key, rows = str(done["batch"]), int(done["rows"])
            except (ValueError, TypeError, KeyError):
                continue
            if self._part(key).is_file():
                self._rows[key] = rows
        pa = columns.arrow()
        try:
            self._old = pa.parquet.ParquetFile(self.output)
            keys = json.loads((self._old.metadata.metadata or {}).get(_BATCHES, b"[]"))
        except (OSError, ValueError, pa.ArrowException):
            return
        if len(keys) == self._old.num_row_groups and self._old.schema_arrow.equals(columns.schema()):
            self._groups = {key: number for number, key in enumerate(keys)}


def _failures(table: Any) -> list[tuple[str, str, str]]:
    if table["error"].null_count == table.num_rows:
        return []
    columns_read = (table[name].to_pylist() for name in ("source", "id", "error"))
    return [(source, name, reason) for source, name, reason in zip(*columns_read, strict=True) if reason is not None]
