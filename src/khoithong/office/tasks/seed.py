"""Fills the demo office with tasks in every state, by the same actions that people use. Everything in it is invented.

The example directive is confirmed as its review left it; around it lie tasks with days relative to the day of seeding,
so that the dashboard always shows some of each kind. May run twice: what is there stays as it is.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from khoithong.office.accounts.models import Person
from khoithong.office.agencies.models import Agency
from khoithong.office.base.clock import local_date
from khoithong.office.base.text import fold, symbol_key
from khoithong.office.documents.actions import accept_finding, discard_finding
from khoithong.office.documents.actions.registering import Line, Upload, register_new_paper
from khoithong.office.documents.models import Direction, Finding, Paper, Reading
from khoithong.office.documents.values import Facts
from khoithong.office.tasks import actions
from khoithong.office.tasks.models import CalendarDay, Task
from khoithong.office.tasks.plan import Choice, assigning_day, machine_choices, plan_for
from khoithong.office.tasks.queries import assigners_for

EXAMPLE = "9001/UBND-KGVX"
ORDER = "9102/UBND-KGVX"
SWAPPED = date(2026, 1, 2)
"""A day off that the package of holidays lacks (mark M)."""


def seed_demo(*, at: datetime) -> int:
    """Adds what is not there yet: the swapped day, the example's tasks, others around them. How many tasks are new."""
    before = Task.objects.count()
    with transaction.atomic():
        people = {person.username: person for person in Person.objects.select_related("agency")}
        _seed_calendar(people["quan-tri"], at=at)
        _confirm_example(people["dau-moi"], at=at)
        if not Paper.objects.filter(symbol_key=symbol_key(ORDER)).exists():
            _Life(people, at=at).seed()
    return Task.objects.count() - before


def _seed_calendar(admin: Person, *, at: datetime) -> None:
    if not CalendarDay.objects.filter(day=SWAPPED).exists():
        note = "Nghỉ hoán đổi dịp Tết Dương lịch năm 2026 (mức chắc chắn M: chưa đối chiếu văn bản)"
        actions.set_calendar_day(by=admin, day=SWAPPED, is_working=False, note=note, at=at)


def _confirm_example(coordinator: Person, *, at: datetime) -> None:
    """Accepts what the reader proposed for the example and assigns it, as the co-ordinator would."""
    paper = Paper.objects.filter(symbol_key=symbol_key(EXAMPLE), reading__state=Reading.State.DRAFT).first()
    if paper is None:
        return
    for finding in Finding.objects.filter(reading__paper=paper, state=Finding.State.PROPOSED):
        # The closing line charges everybody with what each duty has charged already: a person would discard it.
        closing = fold((finding.proposal or {}).get("action") or "") == "trien khai thuc hien"
        decide = discard_finding if closing else accept_finding
        decide(by=coordinator, finding=finding, version=finding.version, at=at)
    plan = plan_for(paper, on=assigning_day(paper, today=local_date(at)))
    names = dict(machine_choices(plan))
    for duty in plan.duties:
        for name in duty.leads:
            names.setdefault(name.key, Choice(note="Chưa rõ là cơ quan nào; sẽ hỏi lại nơi ban hành."))
        for name in duty.coordinators:
            if name.candidates:
                names.setdefault(name.key, Choice(note="Chưa rõ là cơ quan nào."))
    assigner = assigners_for(coordinator, paper)[0]
    choices = actions.Choices(assigner=assigner, fingerprint=plan.fingerprint, names=names)
    actions.assign_tasks(by=coordinator, paper=paper, choices=choices, at=at)


class _Life:
    """Tasks as an office has them some weeks after an order: begun, late, waiting for an answer, done."""

    def __init__(self, people: dict[str, Person], *, at: datetime) -> None:
        self.people, self.at, self.today = people, at, local_date(at)
        self.coordinator = people["dau-moi"]
        self.province = Agency.objects.get(code="ubnd-tinh-quang-nam")
        self.paper = self._paper(
            self.coordinator,
            ORDER,
            "Công văn",
            "V/v đôn đốc các việc cuối quý của Đề án 06",
            days_ago=30,
            direction=Direction.OUTGOING,
            issuer=self.province.name,
        )

    def seed(self) -> None:
        self._under_way()
        self._waiting_for_an_answer()
        self._done()
        self._off_course()

    def _ago(self, days: int) -> datetime:
        return self.at - timedelta(days=days)

    def _day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def _paper(
        self, by: Person, symbol: str, kind: str, subject: str, *, days_ago: int, direction: Any, issuer: str
    ) -> Paper:
        facts = Facts(
            symbol=symbol, type=kind.lower(), issuer_name=issuer, issued_on=self._day(-days_ago), subject=subject
        )
        at = self._ago(days_ago)
        return register_new_paper(by=by, facts=facts, direction=direction, line=Line(), at=at).paper

    def _task(self, lead: str, action: str, *, due_in: int | None, **given: Any) -> Task:
        values: dict[str, Any] = {"paper": self.paper, "assigned_on": self._day(-30), **given}
        return actions.add_task(
            by=self.coordinator,
            action=action,
            leads=[Agency.objects.get(code=lead)],
            assigner=self.province,
            deadline_on=None if due_in is None else self._day(due_in),
            at=self._ago(29),
            **values,
        )

    def _report(self, who: str, task: Task, percent: int, text: str, *, days_ago: int, file: str = "") -> None:
        at = self._ago(days_ago)
        files = [Upload(data=f"{file}\n".encode(), name=file, media_type="text/plain")] if file else []
        actions.report_progress(
            by=self.people[who],
            task=task,
            version=_version(task),
            percent=percent,
            text=text,
            files=files,
            at=at,
        )

    def _under_way(self) -> None:
        task = self._task("so-tttt", "tập huấn nhập dữ liệu hộ tịch cho công chức cấp xã", due_in=24)
        self._report("chuyen-vien-tttt", task, 20, "Đã chốt giáo trình, mời 241 xã dự.", days_ago=12)
        self._report(
            "chuyen-vien-tttt",
            task,
            45,
            "Xong 3 trong 7 lớp. Khó khăn: hai huyện chưa có phòng máy.",
            days_ago=2,
            file="danh-sach-lop.txt",
        )
        task = self._task("ubnd-huyen-nui-thanh", "kiểm kê máy tính ở bộ phận một cửa, báo số máy phải thay", due_in=-6)
        self._report("chuyen-vien-nui-thanh", task, 30, "Mới có số của 6 trong 17 xã.", days_ago=9)
        self._task("so-y-te", "rà soát các trạm y tế chưa nhận căn cước gắn chip khi khám bệnh", due_in=2)
        self._task(
            "so-tttt",
            "chuẩn bị số liệu đường truyền cho buổi họp giao ban",
            due_in=None,
            paper=None,
            origin_note="Giao qua điện thoại: lãnh đạo Văn phòng gọi trực ban của Sở",
        )
        self._task(
            "cong-an-tinh", "gửi số liệu cấp tài khoản định danh cho các huyện", due_in=None, recurrence="monthly"
        )

    def _waiting_for_an_answer(self) -> None:
        task = self._task("so-tttt", "lập danh mục phần mềm dùng chung phải nâng cấp", due_in=3)
        self._report("chuyen-vien-tttt", task, 70, "Còn thiếu bảng kê của bốn đơn vị.", days_ago=3)
        actions.ask_extension(
            by=self.people["chuyen-vien-tttt"],
            task=task,
            version=_version(task),
            new_deadline=self._day(18),
            reason="Bốn đơn vị xin nộp bảng kê sau khi chốt sổ quý.",
            at=self._ago(1),
        )
        task = self._task("cong-an-tinh", "đối soát dữ liệu dân cư của ba xã làm điểm", due_in=5)
        self._offer("chuyen-vien-cat", task, "318/BC-CAT", "Kết quả đối soát dữ liệu của ba xã làm điểm", days_ago=1)

    def _done(self) -> None:
        task = self._task("so-tai-chinh", "thẩm tra dự toán thuê đường truyền năm sau", due_in=-3)
        self._offer("chuyen-vien-stc", task, "402/BC-STC", "Kết quả thẩm tra dự toán thuê đường truyền", days_ago=5)
        self._confirm(task, "Đủ số liệu.", days_ago=4)
        task = self._task("ubnd-huyen-nui-thanh", "niêm yết mức phí dịch vụ công trực tuyến tại 17 xã", due_in=-12)
        self._offer("chuyen-vien-nui-thanh", task, "95/BC-UBND", "Việc niêm yết mức phí tại các xã", days_ago=4)
        self._confirm(task, "", days_ago=3)

    def _off_course(self) -> None:
        task = self._task("so-tai-chinh", "bố trí kinh phí mua máy quét cho các xã miền núi", due_in=40)
        actions.suspend_task(
            by=self.coordinator,
            task=task,
            version=_version(task),
            reason="Chờ nghị quyết phân bổ dự toán của HĐND tỉnh.",
            at=self._ago(8),
        )
        task = self._task("so-tai-chinh", "cấp chứng thư số cho kế toán các trường học", due_in=15)
        actions.refuse_task(
            by=self.people["thu-truong-stc"],
            task=task,
            version=_version(task),
            reason="Việc cấp chứng thư số do Sở Thông tin và Truyền thông làm.",
            at=self._ago(6),
        )
        task = self._task("ubnd-huyen-nui-thanh", "cử cán bộ đầu mối theo dõi Đề án 06 ở từng xã", due_in=1)
        proof = actions.offer_proof(
            by=self.people["chuyen-vien-nui-thanh"],
            task=task,
            version=_version(task),
            reason="Đã cử tại cuộc họp giao ban của huyện.",
            done_on=self._day(-6),
            at=self._ago(6),
        )
        actions.return_proof(
            by=self.coordinator,
            proof=proof,
            version=_version(task),
            answer="Cần danh sách có họ tên, số điện thoại.",
            at=self._ago(5),
        )

    def _offer(self, who: str, task: Task, symbol: str, subject: str, *, days_ago: int) -> None:
        by = self.people[who]
        paper = self._paper(
            by, symbol, "Báo cáo", subject, days_ago=days_ago, direction=Direction.OUTGOING, issuer=by.agency.name
        )
        actions.offer_proof(
            by=by,
            task=task,
            version=_version(task),
            paper=paper,
            done_on=self._day(-days_ago),
            at=self._ago(days_ago),
        )

    def _confirm(self, task: Task, answer: str, *, days_ago: int) -> None:
        actions.confirm_completion(
            by=self.coordinator,
            proof=task.proofs.get(),
            version=_version(task),
            answer=answer,
            at=self._ago(days_ago),
        )


def _version(task: Task) -> int:
    return int(Task.objects.values_list("version", flat=True).get(pk=task.pk))
