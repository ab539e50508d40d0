"""Bring up the environment in .venv from nothing but python3: uv by pip, the locked packages by uv, the project itself.

Runs on the bare interpreter, so it uses the standard library only. A second run compares one stamp and returns at once.
The packages come from wherever this machine's pip is configured to look (a mirror, a folder of wheels, a proxy); no
address is written in the repository, and every package must have one of the hashes in the lock.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from khoithong.commands.port import LOOPBACK, port_number, why_unusable  # noqa: E402 - found on the path just set
from tools import debian  # noqa: E402

VENV = ROOT / ".venv"
STAMP = VENV / "khoithong-stamp"
BOOTSTRAP = ROOT / "requirements-bootstrap.txt"
LOCKS = {"run": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}
OLDEST_PYTHON = (3, 11)
CANNOT = 1

#: pip setting -> the variable by which uv understands the same
PIP_TO_UV = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_EXTRA_INDEX_URL",
    "find-links": "UV_FIND_LINKS",
    "cert": "SSL_CERT_FILE",
    "trusted-host": "UV_INSECURE_HOST",
    "proxy": "ALL_PROXY",
}


def main() -> int:
    """Make .venv fit for running ("run") or for developing and testing ("dev"); exit code 0 when it is."""
    parser = argparse.ArgumentParser(description="Dựng môi trường .venv từ các tệp khóa phiên bản.")
    parser.add_argument("--dev", action="store_true", help="kèm công cụ kiểm thử và phát triển")
    parser.add_argument("--port", metavar="CỔNG", help="trước hết xem cổng này còn trống không")
    args = parser.parse_args()
    if sys.version_info < OLDEST_PYTHON:
        _stop(f"cần Python 3.11 trở lên, máy này có {sys.version.split()[0]}")
    if args.port is not None:
        _require_free_port(args.port)
    prepare("dev" if args.dev else "run")
    return 0


def prepare(wanted: str) -> None:
    """Bring .venv to the locked state. An environment for developing serves for running as well and is kept."""
    present = _stamped()
    if present is not None and present[0] in (wanted, "dev") and present[1] == _fingerprint(present[0]):
        return
    if present is not None and present[0] == "dev":
        wanted = "dev"
    if not _usable():
        _say("dựng môi trường Python trong .venv")
        _make_venv()
    STAMP.unlink(missing_ok=True)
    _say("lấy uv và các gói đã khóa phiên bản" + (", kèm công cụ kiểm thử" if wanted == "dev" else ""))
    _install_uv()
    _sync(LOCKS[wanted])
    _link_project()
    STAMP.write_text(f"{wanted} {_fingerprint(wanted)}\n", encoding="ascii")


def _fingerprint(wanted: str) -> str:
    digest = hashlib.sha256()
    for path in (LOCKS[wanted], BOOTSTRAP, Path(__file__)):
        digest.update(path.read_bytes())
    digest.update(f"{VENV} {sys.version}".encode())
    return digest.hexdigest()


def _stamped() -> tuple[str, str] | None:
    try:
        kind, fingerprint = STAMP.read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return None
    return (kind, fingerprint) if kind in LOCKS else None


def _python() -> Path:
    return VENV / "bin" / "python"


def _usable() -> bool:
    """Whether .venv has a Python that starts, of this version, at this place, with a pip."""
    if not _python().exists():
        return False
    ask = "import sys, pip; print(sys.prefix, sys.version)"
    answer = subprocess.run([_python(), "-c", ask], capture_output=True, text=True, check=False)
    return answer.returncode == 0 and answer.stdout.strip() == f"{VENV} {sys.version}"


def _make_venv() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        debian.install({"python3-venv": "python3 của máy này không kèm venv"})
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", VENV], check=False)
    if made.returncode:
        _stop(f"không dựng được .venv bằng {sys.executable} -m venv (mã {made.returncode})")


def _install_uv() -> None:
    options = ["-qq", "--disable-pip-version-check", "--require-hashes"]
    if subprocess.run([_python(), "-m", "pip", "install", *options, "-r", BOOTSTRAP], check=False).returncode:
        _stop("pip không lấy được uv; xem mạng, proxy hoặc kho gói mà `pip config list` nêu")


def _sync(lock: Path) -> None:
    # Several indexes may each hold some of the packages: the best match over all is safe because hashes are required.
    options = ["--quiet", "--compile-bytecode", "--require-hashes", "--index-strategy", "unsafe-best-match"]
    listing = subprocess.run([_python(), "-m", "pip", "config", "list"], capture_output=True, text=True, check=False)
    environment = {**uv_settings(listing.stdout, os.environ), **os.environ, "VIRTUAL_ENV": str(VENV)}
    if subprocess.run([VENV / "bin" / "uv", "pip", "sync", *options, lock], env=environment, check=False).returncode:
        _stop(f"uv không cài được các gói trong {lock.name}; xem thông báo ở trên")


def uv_settings(pip_config: str, environment: Mapping[str, str]) -> dict[str, str]:
    """The settings of pip, as `pip config list` prints them, in the variables that uv reads.

    What the environment sets for uv itself wins; `global` gives way to `install`, and both to PIP_... variables.
    """
    found: dict[str, str] = {}
    for scope in ("global", "install", ":env:"):
        for match in re.finditer(rf"^{re.escape(scope)}\.([\w-]+)='(.*)'$", pip_config, re.MULTILINE):
            if match[1] in PIP_TO_UV:
                found[match[1]] = match[2].replace("\\n", " ").strip()
    settings = {PIP_TO_UV[name]: " ".join(value.split()) for name, value in found.items() if value.strip()}
    if "UV_FIND_LINKS" in settings:
        settings["UV_FIND_LINKS"] = settings["UV_FIND_LINKS"].replace(" ", ",")
    return {name: value for name, value in settings.items() if name not in environment}


def _link_project() -> None:
    """Make `khoithong` of this checkout importable and callable in .venv without building it.

    A build would fetch its backend from the network each time; a path file and a three-line script never do.
    """
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(subprocess.run([_python(), "-c", ask], capture_output=True, text=True, check=True).stdout.strip())
    (site / "khoithong.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")
    script = VENV / "bin" / "khoithong"
    # Through sh, because the first line of a script may not hold a path with spaces or more than 127 letters.
    script.write_text(f'#!/bin/sh\nexec {shlex.quote(str(_python()))} -m khoithong "$@"\n', encoding="utf-8")
    script.chmod(0o755)


def _require_free_port(given: str) -> None:
    try:
        refusal = why_unusable(LOOPBACK, port_number(given))
    except ValueError as error:
        refusal = str(error)
    if refusal:
        _stop(f"{refusal} (make run PORT=...)")


def _say(message: str) -> None:
    print(f"khoithong: {message} …", flush=True)


def _stop(message: str) -> NoReturn:
    print(f"khoithong: {message}", file=sys.stderr)
    raise SystemExit(CANNOT)


if __name__ == "__main__":
    sys.exit(main())
