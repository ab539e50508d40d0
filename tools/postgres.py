"""A throwaway PostgreSQL cluster: its own folder, a unix socket in it, no port, gone when the work is done.

initdb refuses root, so under root the cluster runs as another user. The server dies with its parent even if that is
killed outright; the folder is removed whenever Python can still run, Ctrl-C included.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

USER = "khoithong"
START_SECONDS = 60
PR_SET_PDEATHSIG = 1

#: Nothing here outlives the run, so nothing is worth waiting for a disk.
QUICK = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "60",
    "log_min_messages": "fatal",
    "timezone": "UTC",
}


class NotStarted(Exception):
    """The cluster could not be made or did not come up; the message says why, in Vietnamese."""


def programs() -> Path | None:
    """The folder with initdb and postgres: the newest of Debian's, else wherever PATH finds both."""
    versions = [p for p in Path("/usr/lib/postgresql").glob("*/bin") if (p / "initdb").exists()]
    versions = [p for p in versions if (p / "postgres").exists()]
    if versions:
        return max(versions, key=lambda p: [int(n) for n in re.findall(r"\d+", p.parent.name)])
    found = shutil.which("postgres")
    return Path(found).resolve().parent if found and shutil.which("initdb", path=Path(found).resolve().parent) else None


@contextmanager
def cluster() -> Iterator[str]:
    """Run a fresh cluster and yield its address as a URL for KHOITHONG_DATABASE; stop and remove it afterwards."""
    found = programs()
    if found is None:
        raise NotStarted("máy này không có PostgreSQL (gói postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="khoithong-pg-"))
    server: subprocess.Popen[bytes] | None = None
    try:
        owner = _owner()
        if owner is not None:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        _initdb(found, folder, owner)
        server = _start(found, folder, owner)
        yield f"postgresql://{USER}@{quote(str(folder), safe='')}/postgres"
    finally:
        if server is not None:
            _stop(server)
        shutil.rmtree(folder, ignore_errors=True)


def _owner() -> pwd.struct_passwd | None:
    """Whom the cluster belongs to: nobody special unless we are root, then Debian's postgres, else nobody."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NotStarted("không có người dùng nào khác root để chạy PostgreSQL (postgres hoặc nobody)")


def _as_owner(owner: pwd.struct_passwd | None) -> dict[str, object]:
    if owner is None:
        return {}
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def _initdb(found: Path, folder: Path, owner: pwd.struct_passwd | None) -> None:
    options = ["-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    done = subprocess.run(  # type: ignore[call-overload]
        [found / "initdb", "-D", folder / "data", *options],
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
        **_as_owner(owner),
    )
    if done.returncode:
        raise NotStarted(f"initdb không tạo được cụm: {done.stderr.strip()}")


def _start(found: Path, folder: Path, owner: pwd.struct_passwd | None) -> subprocess.Popen[bytes]:
    settings = [item for name, value in QUICK.items() for item in ("-c", f"{name}={value}")]
    log = folder / "log"
    with log.open("wb") as handle:
        server = subprocess.Popen(  # type: ignore[call-overload]
            [found / "postgres", "-D", folder / "data", "-k", folder, *settings],
            stdin=subprocess.DEVNULL,
            stdout=handle,
            stderr=handle,
            cwd=folder,
            start_new_session=True,  # a Ctrl-C at the terminal is for the tests; the cluster stops after them
            preexec_fn=_die_with_parent,
            **_as_owner(owner),
        )
    deadline = time.monotonic() + START_SECONDS
    ask = [str(found / "pg_isready"), "-q", "-h", str(folder), "-d", "postgres", "-U", USER]
    while subprocess.run(ask, check=False).returncode:
        if server.poll() is not None or time.monotonic() > deadline:
            _stop(server)
            raise NotStarted(f"PostgreSQL không khởi động: {log.read_text(errors='replace').strip()}")
        time.sleep(0.05)
    return server


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


def _stop(server: subprocess.Popen[bytes]) -> None:
    """Stop at once: SIGQUIT is PostgreSQL's immediate shutdown, and nothing here need be kept."""
    server.send_signal(signal.SIGQUIT)
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
