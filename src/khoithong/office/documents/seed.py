"""Papers of the demo office: the two examples, read, and two papers that they cite, entered by hand. All invented.

The first example is left for the seed of the tasks to confirm; the second stays open, for whoever tries the review.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from khoithong.office.accounts.models import Person
from khoithong.office.base.clock import local_date
from khoithong.office.base.text import symbol_key
from khoithong.office.documents.actions import Line, receive_file, register_new_paper, register_paper
from khoithong.office.documents.models import Direction, Paper
from khoithong.office.documents.values import Facts

EXAMPLES = Path(__file__).resolve().parents[4] / "examples"
CLERK = "van-thu"

BY_HAND = (
    (
        Facts(
            symbol="1520/KH-UBND",
            type="kế hoạch",
            issuer_name="UBND tỉnh Quảng Nam",
            issued_on=date(2023, 3, 14),
            subject="thực hiện Đề án 06 trên địa bàn tỉnh năm 2023",
            signer="Nguyễn Hồng Trà Kót",
        ),
        Direction.OUTGOING,
        Line(
            destination="Sở Thông tin và Truyền thông;\nCông an tỉnh;\nSở Tài chính", copies=45, copy_keeper="VT, KGVX"
        ),
        date(2023, 3, 14),
    ),
    (
        Facts(
            symbol="214/TTr-STTTT",
            type="tờ trình",
            issuer_name="Sở Thông tin và Truyền thông",
            issued_on=date(2023, 11, 17),
            subject="tháo gỡ một số việc còn chậm của Đề án 06",
            signer="Trần Đình Tam Vinh",
        ),
        Direction.INCOMING,
        Line(receiver="Phòng Khoa giáo - Văn xã", forwarded_on=date(2023, 11, 20)),
        date(2023, 11, 20),
    ),
)
READ = (
    ("chi-dao-de-an-06.txt", "9001/UBND-KGVX", date(2023, 11, 27)),
    ("thong-bao-hop-to-cong-tac.txt", "9057/TB-UBND", date(2023, 12, 5)),
)


def seed_demo(*, at: datetime) -> int:
    """Adds the papers that are not there yet; those that are stay as they are. Returns how many were added."""
    clerk = Person.objects.select_related("agency").get(username=CLERK)
    before, today = Paper.objects.count(), local_date(at)
    for facts, direction, line, day in BY_HAND:
        if not _known(clerk, facts.symbol):
            register_new_paper(by=clerk, facts=facts, direction=direction, line=line, entered_on=min(day, today), at=at)
    for name, symbol, day in READ:
        if not _known(clerk, symbol):
            paper = receive_file(by=clerk, data=(EXAMPLES / name).read_bytes(), name=name, at=at)
            line = Line(
                destination="Các sở, ban, ngành;\nUBND các huyện, thị xã, thành phố", copies=60, copy_keeper="VT, KGVX"
            )
            register_paper(
                by=clerk, paper=paper, direction=Direction.OUTGOING, line=line, entered_on=min(day, today), at=at
            )
    return Paper.objects.count() - before


def _known(clerk: Person, symbol: str) -> bool:
    return Paper.objects.filter(holder=clerk.agency, symbol_key=symbol_key(symbol)).exists()
