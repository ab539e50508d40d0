"""Debian packages that a task needs: installed where that is allowed (root on Debian), named where it is not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping

CANNOT = 1


def may_install() -> bool:
    """Whether this process may install packages: root, with apt-get at hand."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(missing: Mapping[str, str]) -> None:
    """Install the packages (name -> why it is needed), or stop with a message that names them."""
    names = " ".join(missing)
    reasons = "; ".join(f"{name}: {why}" for name, why in missing.items())
    if not may_install():
        print(f"khoithong: còn thiếu gói hệ thống ({reasons}).", file=sys.stderr)
        print(f"khoithong: trên Debian hãy chạy: sudo apt-get install {names}", file=sys.stderr)
        raise SystemExit(CANNOT)
    print(f"khoithong: cài gói Debian còn thiếu ({reasons}) …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *missing]):
        done = subprocess.run(
            ["apt-get", "-qq", *command],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode and command != ["update"]:  # an update may fail for a list that is not needed here
            print(f"{done.stdout}khoithong: apt-get không cài được {names}; xem thông báo ở trên", file=sys.stderr)
            raise SystemExit(CANNOT)
