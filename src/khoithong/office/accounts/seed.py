"""The people of the demo office: one for every role, in several agencies, all with one password. Made by the demo only.

The co-ordinator sits in the office of the province's People's Committee, not with the police: there the tasks that the
province lays down are followed, and nobody confirms the work of the own house (the police lead tasks themselves).
Everybody here is invented.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth.hashers import make_password
from django.db.models import Case, QuerySet, When

from khoithong.office.accounts.actions import add_person
from khoithong.office.accounts.models import Person, Role
from khoithong.office.agencies.models import Agency
from khoithong.office.agencies.seed import seed_demo as seed_agencies

DEMO_PASSWORD = "Khoi-Thong-2023!"


class DemoSignIn(NamedTuple):
    """One line of the table that the demo prints."""

    username: str
    role: str
    agency: str
    person: str


class _Demo(NamedTuple):
    username: str
    role: Any
    code: str
    agency: str
    full_name: str
    position: str


_PEOPLE = (
    _Demo("dau-moi", Role.COORDINATOR, "vp-ubnd-tinh", "VP UBND tỉnh", "Trần Thị Thu Bồn", "Trưởng phòng Theo dõi"),
    _Demo("van-thu", Role.CLERK, "vp-ubnd-tinh", "VP UBND tỉnh", "Lê Thị Trà Linh", "Văn thư"),
    _Demo("quan-tri", Role.ADMINISTRATOR, "vp-ubnd-tinh", "VP UBND tỉnh", "Đỗ Minh Kỳ Hà", "Quản trị hệ thống"),
    _Demo("kiem-toan", Role.AUDITOR, "thanh-tra-tinh", "Thanh tra tỉnh", "Võ Ngọc Tam Thanh", "Thanh tra viên"),
    _Demo("chuyen-vien-tttt", Role.OFFICER, "so-tttt", "Sở TT&TT", "Nguyễn Văn Cẩm Hà", "Chuyên viên"),
    _Demo("thu-truong-tttt", Role.HEAD, "so-tttt", "Sở TT&TT", "Phạm Thị An Hội", "Phó Giám đốc"),
    _Demo("van-thu-tttt", Role.CLERK, "so-tttt", "Sở TT&TT", "Bùi Thị Duy Hải", "Văn thư"),
    _Demo("tham-dinh", Role.APPRAISER, "so-tttt", "Sở TT&TT", "Hồ Quang Bình Minh", "Phó Trưởng phòng"),
    _Demo("chuyen-vien-cat", Role.OFFICER, "cong-an-tinh", "Công an tỉnh", "Đặng Hữu Trà Giang", "Cán bộ"),
    _Demo("thu-truong-cat", Role.HEAD, "cong-an-tinh", "Công an tỉnh", "Huỳnh Tấn Đại Hồng", "Trưởng phòng"),
    _Demo("chuyen-vien-stc", Role.OFFICER, "so-tai-chinh", "Sở Tài chính", "Ngô Thị Thanh Hà", "Chuyên viên"),
    _Demo("thu-truong-stc", Role.HEAD, "so-tai-chinh", "Sở Tài chính", "Dương Công Phú Chiêm", "Phó Giám đốc"),
    _Demo("tai-chinh", Role.FINANCE, "so-tai-chinh", "Sở Tài chính", "Lý Thị Hoài Phố", "Trưởng phòng Ngân sách"),
    _Demo(
        "chuyen-vien-nui-thanh", Role.OFFICER, "ubnd-huyen-nui-thanh", "UBND huyện Núi Thành", "Cao Văn Bàn Than",
        "Chuyên viên",
    ),
    _Demo(
        "thu-truong-nui-thanh", Role.HEAD, "ubnd-huyen-nui-thanh", "UBND huyện Núi Thành", "Mai Thị Tam Hải",
        "Phó Chủ tịch",
    ),
)  # fmt: skip

DEMO_SIGN_INS: tuple[DemoSignIn, ...] = tuple(
    DemoSignIn(demo.username, str(dict(Role.choices)[demo.role]), demo.agency, demo.full_name) for demo in _PEOPLE
)


def demo_people() -> QuerySet[Person]:
    """The demo people that this database holds, each with agency and roles, in the order of the table."""
    order = {demo.username: place for place, demo in enumerate(_PEOPLE)}
    place = Case(*(When(username=username, then=place) for username, place in order.items()))
    people = Person.objects.filter(username__in=order).select_related("agency").prefetch_related("grants")
    return people.order_by(place)


def seed_demo(*, at: datetime) -> int:
    """Adds the demo people that are not there yet; those who are stay as they are. Returns how many were added."""
    known = set(Person.objects.values_list("username", flat=True))
    missing = [demo for demo in _PEOPLE if demo.username not in known]
    codes = {demo.code for demo in missing}
    agencies = {agency.code: agency for agency in Agency.objects.filter(code__in=codes)}
    if codes - agencies.keys():
        seed_agencies(at=at)
        agencies = {agency.code: agency for agency in Agency.objects.filter(code__in=codes)}
    # Hashed once for all: each hashing is slow by design, and this password is printed on the screen anyway.
    password_hash = make_password(DEMO_PASSWORD) if missing else ""
    for demo in missing:
        add_person(
            by=None,
            at=at,
            username=demo.username,
            full_name=demo.full_name,
            agency=agencies[demo.code],
            roles=[demo.role],
            position=demo.position,
            password_hash=password_hash,
        )
    return len(missing)
