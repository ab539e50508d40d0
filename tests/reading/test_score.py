"""The score runs in a bare checkout: without the labelled texts it says so and ends well."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def test_without_labelled_texts_the_score_says_so(tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    (checkout / "benchmarks").mkdir(parents=True)
    (checkout / "src").symlink_to(ROOT / "src")
    script = checkout / "benchmarks" / "score.py"
    script.write_text((ROOT / "benchmarks" / "score.py").read_text(encoding="utf-8"), encoding="utf-8")
    run = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    assert "No labelled texts" in run.stdout
