"""What the dashboard costs over 100,000 tasks and 200 agencies: the whole request, beside the bare count in SQL.

Prints one JSON line for each way of counting. The promise (150 ms, 12 queries) is for the front page, by agency, on
SQLite; exit code 1 where it is broken.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from typing import Any

from _office import AGENCIES, AT, PAPERS, TASKS, in_turns, office

RUNS = 25
MOST_MILLISECONDS, MOST_QUERIES = 150.0, 12
BARE = """
SELECT {key},
  SUM(work_state <> 'done' AND deadline_on < %(on)s),
  SUM(work_state <> 'done' AND deadline_on BETWEEN %(on)s AND %(soon)s),
  SUM(work_state <> 'done' AND deadline_on > %(soon)s),
  SUM(work_state <> 'done' AND deadline_on IS NULL),
  SUM(work_state = 'done' AND done_on > deadline_on),
  SUM(work_state = 'done' AND (deadline_on IS NULL OR done_on <= deadline_on))
FROM tasks_task WHERE NOT is_group GROUP BY {key}
"""


def measure(person: Any, address: str, key: str) -> dict[str, object]:
    """The page at `address` and the bare GROUP BY on `key`, in turns."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.force_login(person)
    sql = BARE.format(key=key)
    if connection.vendor != "sqlite":
        sql = sql.replace("SUM(", "COUNT(*) FILTER (WHERE ")
    days = {"on": AT.date(), "soon": AT.date() + timedelta(days=5)}

    def bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, days)
            cursor.fetchall()

    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    queries = len(captured)  # now: the next request empties the log
    assert answer.status_code == 200, answer.status_code
    page, count = in_turns(RUNS, lambda: client.get(address), bare)
    promised = key == "lead_id" and connection.vendor == "sqlite"
    return {
        "benchmark": "dashboard",
        "address": address,
        "database": connection.vendor,
        "tasks": TASKS,
        "agencies": AGENCIES,
        "papers": PAPERS,
        "runs": RUNS,
        "page_ms": round(page, 1),
        "bare_sql_ms": round(count, 1),
        "ratio": round(page / count, 2),
        "queries": queries,
        "kilobytes": round(len(answer.content) / 1000),
        "promise": {"page_ms": MOST_MILLISECONDS, "queries": MOST_QUERIES} if promised else None,
        "kept": (page <= MOST_MILLISECONDS and queries <= MOST_QUERIES) if promised else None,
    }


def main() -> int:
    """Measure the front page by agency and by directive."""
    kept = True
    with office() as person:
        for address, key in (("/", "lead_id"), ("/?by=paper", "paper_id")):
            found = measure(person, address, key)
            kept = kept and found["kept"] is not False
            sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
