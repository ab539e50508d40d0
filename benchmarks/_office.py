"""An office of the size that the promises of speed are about, in a database of its own that is gone afterwards."""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
AGENCIES, PAPERS, TASKS = 200, 5_000, 100_000
AT = datetime(2023, 11, 22, 3, tzinfo=UTC)
WORDS = (
    "rà soát, làm sạch dữ liệu dân cư",
    "kết nối hệ thống một cửa điện tử",
    "số hóa hồ sơ hộ tịch còn tồn đọng",
    "cung cấp dịch vụ công trực tuyến toàn trình",
    "tập huấn công chức bộ phận một cửa",
    "bảo đảm an toàn thông tin mạng",
    "báo cáo kết quả thực hiện Đề án 06",
    "bố trí kinh phí thuê dịch vụ công nghệ thông tin",
)


@contextmanager
def office() -> Iterator[Any]:
    """Yields the co-ordinator of a filled office; Django is set up on a fresh SQLite database in a directory of its
    own. `KHOITHONG_DATABASE` in the environment measures another (it must be empty).
    """
    with tempfile.TemporaryDirectory(prefix="khoithong-bench-") as var:
        os.environ.setdefault("KHOITHONG_DATABASE", f"sqlite:///{var}/office.sqlite3")
        os.environ.update(KHOITHONG_VAR=var, DJANGO_SETTINGS_MODULE="khoithong.office.settings", KHOITHONG_DEBUG="1")
        sys.path.insert(0, str(ROOT / "src"))
        import django
        from django.conf import settings

        django.setup()
        settings.DEBUG = False  # asked for above only so that static files need not be collected first
        settings.ALLOWED_HOSTS = ["testserver"]
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        yield fill()
        connection.close()


def fill() -> Any:
    """Agencies, papers and tasks, always the same; returns the co-ordinator who sees them all."""
    from khoithong.office.accounts.models import Person, Role, RoleGrant
    from khoithong.office.agencies.models import Agency, AgencyName, Kind
    from khoithong.office.base.text import fold, sort_key, symbol_key
    from khoithong.office.documents.models import Paper, Reading

    dice = random.Random(6)
    names = [f"Sở và cơ quan số {number}" for number in range(AGENCIES)]
    agencies = Agency.objects.bulk_create(
        Agency(code=f"a{number}", kind=Kind.DEPARTMENT, name=name, sort_key=sort_key(name))
        for number, name in enumerate(names)
    )
    AgencyName.objects.bulk_create(
        AgencyName(agency=agency, text=agency.name, folded=fold(agency.name), use="official") for agency in agencies
    )
    papers = []
    for number in range(PAPERS):
        symbol, subject = f"{number}/UBND-NC", f"Về việc {dice.choice(WORDS)}, {dice.choice(WORDS)}"
        papers.append(
            Paper(
                symbol=symbol,
                symbol_key=symbol_key(symbol),
                type="công văn",
                issuer=agencies[0],
                issuer_name=agencies[0].name,
                issued_on=date(2022, 1, 1) + timedelta(days=dice.randrange(690)),
                subject=subject,
                holder=agencies[0],
                created_at=AT,
                search=fold(f"{symbol} công văn {agencies[0].name} {subject}"),
            )
        )
    papers = Paper.objects.bulk_create(papers, batch_size=500)
    texts = (" ".join(f"{dice.choice(WORDS)}," for _ in range(150)) for _paper in papers)
    Reading.objects.bulk_create(
        (
            Reading(paper=paper, text=text, text_search=fold(text), reader_version="0", read_at=AT)
            for paper, text in zip(papers, texts, strict=True)
        ),
        batch_size=200,
    )
    tasks(agencies, papers, dice)
    person = Person.objects.create(username="dau-moi", full_name="Đầu mối Đề án 06", agency=agencies[0])
    RoleGrant.objects.create(person=person, role=Role.COORDINATOR)
    return person


def tasks(agencies: list[Any], papers: list[Any], dice: random.Random) -> None:
    """The tasks, in every state, written as the importer of a whole year would."""
    from khoithong.office.tasks.models import Task, WorkState

    on = AT.date()
    batch = []
    for number in range(TASKS):
        state = dice.choice((*(WorkState.DONE,) * 5, WorkState.IN_PROGRESS, WorkState.NOT_STARTED, WorkState.AWAITING))
        deadline = on + timedelta(days=dice.randint(-300, 120)) if dice.random() > 0.1 else None
        task = Task(
            action=f"{dice.choice(WORDS).capitalize()}, {dice.choice(WORDS)}, việc số {number}",
            lead=dice.choice(agencies),
            assigner=agencies[0],
            paper=dice.choice(papers),
            assigned_on=on - timedelta(days=dice.randint(1, 600)),
            deadline_on=deadline,
            work_state=state,
            done_on=on - timedelta(days=dice.randint(0, 300)) if state == WorkState.DONE else None,
            offered_on=on if state == WorkState.AWAITING else None,
            created_at=AT,
        )
        task.fill_search()
        batch.append(task)
        if len(batch) == 5000:
            Task.objects.bulk_create(batch, batch_size=500)
            batch.clear()
    Task.objects.bulk_create(batch, batch_size=500)


def milliseconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def in_turns(runs: int, *works: Callable[[], object]) -> list[float]:
    """The median milliseconds of each of `works`, run in turns so that noise meets all alike; one run each is free."""
    for work in works:
        work()
    taken = [[milliseconds(work) for work in works] for _ in range(runs)]
    return [statistics.median(times) for times in zip(*taken, strict=True)]
