"""The translations of the office: take the texts from the code, keep the catalogue in step with them, compile it.

The texts stand in the code in Vietnamese; src/khoithong/office/locale/en holds their English. Without options this
takes the texts anew, adds new ones without a translation, drops those that are gone and compiles the catalogue;
`--check` changes nothing and tells what is missing, gone, doubtful or not compiled. Both need xgettext (Debian package
gettext).

The catalogue names no place in the code and no date, so that two changes made side by side merge.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools import debian  # noqa: E402 - the repository must be on the path first

PACKAGE = ROOT / "src" / "khoithong"
LANGUAGE = "en"
CATALOGUE = PACKAGE / "office" / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"
COMPILED = CATALOGUE.with_suffix(".mo")
HEADER = {
    "Project-Id-Version": "khoithong",
    "Language": LANGUAGE,
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
PLACEHOLDER = re.compile(r"%\(\w+\)|%%|%\d*[ds]")

Key = tuple[str, str, str]
"""What makes a text one text: its context, the text, its plural; the last two may be empty."""


def main() -> int:
    """Bring the catalogue up to date, or tell what is wrong with it; exit code 1 when something is left to do."""
    parser = argparse.ArgumentParser(description="Lấy các câu trong mã, cập nhật và biên dịch bản tiếng Anh.")
    parser.add_argument("--check", action="store_true", help="không sửa gì, chỉ nêu chỗ chưa khớp")
    check = parser.parse_args().check
    if shutil.which("xgettext") is None:
        debian.install({"gettext": "xgettext lấy các câu trong mã"})
    taken, written = extracted(), polib.pofile(str(CATALOGUE))
    if not check:
        written = merged(taken, written)
        written.save(str(CATALOGUE))
        COMPILED.write_bytes(compiled(written))
    left = [*differences(taken, written), *faults(written), *uncompiled(written)]
    for line in left:
        print(f"khoithong: {line}", file=sys.stderr)
    print(f"khoithong: {CATALOGUE.relative_to(ROOT)}: {len(written)} câu, {len(left)} chỗ phải làm")
    return 1 if left else 0


def extracted() -> polib.POFile:
    """The texts of the code as Django finds them, none of them translated.

    Django writes where its settings say, so a copy of the package is read; the catalogue stays as it is.
    """
    with tempfile.TemporaryDirectory(prefix="khoithong-messages-") as folder:
        package = Path(folder, "khoithong")
        shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__", "locale", "vendor"))
        office = package / "office"
        (office / "locale").mkdir()
        environment = {
            **os.environ,
            "PYTHONPATH": folder,
            "DJANGO_SETTINGS_MODULE": "khoithong.office.settings",
            "KHOITHONG_VAR": str(Path(folder, "var")),
        }
        command = ["makemessages", "--locale", LANGUAGE, "--no-location", "--no-wrap"]
        subprocess.run(
            [sys.executable, "-m", "django", *command],
            cwd=office,
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        return polib.pofile(str(office / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"))


def key(entry: polib.POEntry) -> Key:
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""


def merged(taken: polib.POFile, written: polib.POFile) -> polib.POFile:
    """The texts taken from the code, in their order, with the translations written so far."""
    known = {key(entry): entry for entry in written if not entry.obsolete}
    result = polib.POFile(wrapwidth=0)
    result.metadata = dict(HEADER)
    for entry in taken:
        if old := known.get(key(entry)):
            entry.msgstr, entry.msgstr_plural, entry.tcomment = old.msgstr, old.msgstr_plural, old.tcomment
        result.append(entry)
    return result


def compiled(written: polib.POFile) -> bytes:
    """The catalogue as the office reads it."""
    return bytes(written.to_binary())


def differences(taken: polib.POFile, written: polib.POFile) -> list[str]:
    """Texts that only one side has, and a catalogue that `merged` would write otherwise."""
    code, catalogue = {key(entry) for entry in taken}, {key(entry) for entry in written}
    missing = [f"chưa có trong bản dịch: {text!r}" for _, text, _ in sorted(code - catalogue)]
    gone = [f"không còn trong mã: {text!r}" for _, text, _ in sorted(catalogue - code)]
    return missing + gone


def faults(written: polib.POFile) -> list[str]:
    """Texts without a translation, with a doubtful one, or with one whose placeholders are others."""
    found: list[str] = []
    for entry in written:
        if entry.obsolete:
            found.append(f"câu đã bỏ còn nằm lại: {entry.msgid!r}")
        if entry.fuzzy:
            found.append(f"bản dịch còn ngờ (fuzzy): {entry.msgid!r}")
        translations = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        if len(translations) != (2 if entry.msgid_plural else 1) or not all(text.strip() for text in translations):
            found.append(f"chưa dịch: {entry.msgid!r}")
            continue
        wanted = sorted(PLACEHOLDER.findall(entry.msgid))
        if any(sorted(PLACEHOLDER.findall(text)) != wanted for text in translations):
            found.append(f"chỗ điền (placeholder) khác bản gốc: {entry.msgid!r}")
        if any(_edges(text) != _edges(entry.msgid) for text in translations):
            found.append(f"dấu cách hay xuống dòng ở hai đầu khác bản gốc: {entry.msgid!r}")
    return found


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def uncompiled(written: polib.POFile) -> list[str]:
    """Whether the compiled catalogue is another one than the written."""
    if COMPILED.exists() and COMPILED.read_bytes() == compiled(written):
        return []
    return [f"{COMPILED.relative_to(ROOT)} chưa biên dịch lại; hãy chạy make messages"]


if __name__ == "__main__":
    sys.exit(main())
