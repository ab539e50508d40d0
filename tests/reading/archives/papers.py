"""Invented papers for the tests of archives."""

from __future__ import annotations

import gzip
import json
from pathlib import Path


def paper(number: int) -> str:
    """A short directive; each number gives another symbol and another duty."""
    return (
        f"ỦY BAN NHÂN DÂN\nTỈNH SÔNG TRĂNG\n\nSố: {number}/UBND-TH\n\nSông Trăng, ngày 04 tháng 5 năm 2026\n\n"
        f"V/v rà soát lần thứ {number}\n\n"
        f"Thực hiện Nghị định số {number}/2025/NĐ-CP ngày 01 tháng 7 năm 2025 của Chính phủ, UBND tỉnh yêu cầu:\n"
        f"1. Sở Tài chính chủ trì, phối hợp với Sở Nội vụ báo cáo kết quả rà soát lần {number} trước ngày 30/6/2026.\n"
        f"2. Sở Xây dựng cập nhật danh mục số {number} hằng tháng.\n"
    )


def json_lines(path: Path, numbers: range) -> Path:
    """A .jsonl.gz of such papers."""
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        for number in numbers:
            lines.write(json.dumps({"id": f"vb-{number}", "text": paper(number)}, ensure_ascii=False) + "\n")
    return path
