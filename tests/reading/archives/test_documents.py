"""From what is given to batches of documents: order, borders, what cannot be opened."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from khoithong.reading.archives import documents
from khoithong.reading.archives.documents import Document, batches, total_bytes
from tests.reading.archives.papers import json_lines, paper


def given(*paths: Path, leave_out: frozenset[str] = frozenset()) -> list[Document]:
    return [d for batch in batches([str(path) for path in paths], leave_out=leave_out) for d in batch.documents]


def test_a_folder_gives_its_files_by_name_and_what_lies_deeper(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/c.txt", ".hidden.txt", "out.parquet"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(paper(1), encoding="utf-8")
    found = given(tmp_path, leave_out=frozenset({str(tmp_path / "out.parquet")}))
    assert [d.source.removeprefix(f"{tmp_path}/") for d in found] == ["a/c.txt", "a/z.txt", "b.txt"]
    assert found[0].content == paper(1).encode()


def test_lines_of_json_keep_their_names_and_the_bad_ones_say_why(tmp_path: Path) -> None:
    path = tmp_path / "kho.jsonl"
    lines = [
        json.dumps({"id": 7, "text": "một"}),
        "",
        "{bad",
        "[1]",
        json.dumps({"id": "n"}),
        json.dumps({"content": "hai"}),
        json.dumps({"text": "x" * 2_000_001}),
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    found = [(d.id, d.content, bool(d.error)) for d in given(path)]
    assert found == [
        ("7", "một", False),
        ("dòng 3", "", True),
        ("dòng 4", "", True),
        ("n", "", True),
        ("dòng 6", "hai", False),
        ("dòng 7", "", True),
    ]


def test_a_line_longer_than_any_paper_is_passed_over_and_the_next_is_read(tmp_path: Path) -> None:
    path = tmp_path / "kho.jsonl"
    path.write_bytes(b'{"text": "' + b"x" * 13_000_000 + b'"}\n{"id": "sau", "text": "y"}\n')
    assert [(d.id, bool(d.error)) for d in given(path)] == [("dòng 1", True), ("sau", False)]


def test_a_cut_gzip_gives_what_comes_before_the_cut_and_one_failure(tmp_path: Path) -> None:
    path = tmp_path / "kho.txt.gz"
    whole = gzip.compress(b"".join(b"---\nso: %d\n---\n%s\n" % (n, paper(n).encode()) for n in range(400)))
    path.write_bytes(whole[: len(whole) // 2])
    found = given(path)
    assert len(found) > 1
    assert [d.error is None for d in found] == [True] * (len(found) - 1) + [False]
    assert "hỏng" in (found[-1].error or "")


def test_one_large_text_is_parted_where_front_matter_opens_a_paper(tmp_path: Path) -> None:
    first, second = b"---\ntitle: A\n---\nloi mot\n---\nloi hai\n", b"---\ntitle: B\n---\nloi ba\n"
    path = tmp_path / "luat.txt.gz"
    path.write_bytes(gzip.compress(first + second))
    assert [(d.id, d.content) for d in given(path)] == [("dòng 1", first), ("dòng 7", second)]


def test_a_very_long_paper_is_parted_before_an_article(tmp_path: Path) -> None:
    article = "Điều 5. Trách nhiệm\n" + "Lời văn của điều này.\n" * 30_000
    path = tmp_path / "luat.txt.gz"
    path.write_bytes(gzip.compress((article * 3).encode()))
    found = given(path)
    assert b"".join(d.content for d in found if isinstance(d.content, bytes)) == (article * 3).encode()
    assert len(found) > 1
    assert all(len(d.content) <= 1_500_000 for d in found)
    assert all(d.content.startswith("Điều 5.".encode()) for d in found if isinstance(d.content, bytes))


def test_a_text_without_line_ends_is_parted_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "luat.txt.gz"
    path.write_bytes(gzip.compress(b"x" * 4_000_000))
    assert [len(d.content) for d in given(path)] == [1_500_000, 1_500_000, 1_000_000]


def test_the_key_of_a_batch_changes_with_anything_in_it(tmp_path: Path) -> None:
    path = json_lines(tmp_path / "kho.jsonl.gz", range(3))
    one = [batch.key for batch in batches([str(path)])]
    assert one == [batch.key for batch in batches([str(path)])]
    assert one != [batch.key for batch in batches([str(path)], salt="another reader")]
    json_lines(path, range(1, 4))
    assert one != [batch.key for batch in batches([str(path)])]


def test_a_document_more_in_front_changes_only_the_batches_near_it(tmp_path: Path) -> None:
    folder = tmp_path / "kho"
    folder.mkdir()
    for number in range(400):
        (folder / f"{number:03}.txt").write_text(f"Văn bản {number}.", encoding="utf-8")
    before = {batch.key for batch in batches([str(folder)])}
    (folder / "000a.txt").write_text("Văn bản thêm.", encoding="utf-8")
    after = {batch.key for batch in batches([str(folder)])}
    assert len(before) > 4
    assert len(after - before) <= 2


def test_the_last_batch_has_passed_all_that_lies_on_disk(tmp_path: Path) -> None:
    paths = [str(json_lines(tmp_path / "kho.jsonl.gz", range(50))), str(tmp_path / "a.txt")]
    Path(paths[1]).write_text("lời", encoding="utf-8")
    found = list(batches(paths))
    assert found[-1].passed == total_bytes(paths) == sum(Path(path).stat().st_size for path in paths)


def test_only_one_batch_is_held_at_a_time(tmp_path: Path, monkeypatch: object) -> None:
    path = json_lines(tmp_path / "kho.jsonl.gz", range(500))
    stream = batches([str(path)])
    first = next(stream)
    assert len(first.documents) <= documents._FULL_DOCUMENTS
    assert first.passed <= total_bytes([str(path)])
