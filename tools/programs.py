"""Programs that the reading of files uses where they are: whether this machine has them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

_FILTERS = ("libswlo.so", "libsclo.so")


def vietnamese_tesseract() -> bool:
    """Whether tesseract is here with its data for Vietnamese."""
    path = shutil.which("tesseract")
    if path is None:
        return False
    told = subprocess.run([path, "--list-langs"], capture_output=True, text=True, check=False)
    return "vie" in told.stdout.split()


def libreoffice() -> bool:
    """Whether LibreOffice is here with its writer and its calculator, which Debian packs apart."""
    path = shutil.which("soffice") or shutil.which("libreoffice")
    if path is None:
        return False
    program = Path(path).resolve().parent
    return all((program / name).exists() for name in _FILTERS)
