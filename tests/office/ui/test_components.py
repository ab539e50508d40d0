"""The components: what each draws from what it is given."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from khoithong.office.base.shapes import ICONS, SHAPES
from khoithong.office.base.states import LOOKS
from khoithong.office.base.templatetags.ui import days_left, weekday
from khoithong.office.documents.models import Finding, Reading
from khoithong.office.tasks.models import Extension, Proof, TimeState, WorkState
from khoithong.office.ui.sections import SECTIONS
from tests.office.pages import assert_accessible, faults_of


def draw(source: str, path: str = "/?a=1", **values: Any) -> str:
    request = RequestFactory().get(path)
    return Template("{% load ui %}" + source).render(Context({"request": request, "csrf_token": "x", **values}))


STATES = [TimeState, WorkState, Extension.State, Proof.State, Finding.State, Reading.State]


@pytest.mark.parametrize("states", STATES, ids=lambda s: s.__qualname__)
def test_every_state_has_a_look_with_its_own_words(states: Any) -> None:
    for state in states:
        assert state.value in LOOKS
        if state.value not in {"confirmed"}:
            assert str(LOOKS[state.value].word) == str(state.label)


@pytest.mark.parametrize("states", [TimeState, WorkState], ids=lambda s: s.__qualname__)
def test_states_of_one_axis_are_told_apart_without_colour(states: Any) -> None:
    shapes = [LOOKS[state.value].shape for state in states]
    assert len(set(shapes)) == len(shapes)
    assert set(shapes) <= set(SHAPES)


def test_sections_have_their_icons() -> None:
    assert {section.icon for section in SECTIONS} <= set(ICONS)


def test_a_state_chip_holds_shape_word_and_tone() -> None:
    drawn = draw("{% state_chip 'overdue' %}")
    assert "tone-late" in drawn
    assert "<svg" in drawn
    assert "Quá hạn" in drawn


def test_words_given_to_a_chip_are_escaped() -> None:
    assert "<b>" not in draw("{% chip label %}", label="<b>x")


@pytest.mark.parametrize(
    ("day", "words"), [(date(2023, 11, 24), "thứ Sáu"), (date(2023, 11, 26), "Chủ nhật"), (None, "")]
)
def test_weekdays(day: date | None, words: str) -> None:
    assert weekday(day) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (3, "còn 3 ngày làm việc"),
        (1, "còn 1 ngày làm việc"),
        (0, "đến hạn hôm nay"),
        (-1, "quá hạn 1 ngày làm việc"),
        (-12, "quá hạn 12 ngày làm việc"),
        (None, ""),
    ],
)
def test_days_left_in_words(days: int | None, words: str) -> None:
    assert days_left(days) == words


def test_a_deadline_names_its_weekday_and_what_is_left() -> None:
    drawn = draw("{% deadline d days=-12 %}", d=date(2023, 11, 24))
    assert "thứ Sáu, 24/11/2023" in drawn
    assert 'datetime="2023-11-24"' in drawn
    assert "quá hạn 12 ngày làm việc" in drawn


def test_a_deadline_that_has_passed_over_a_week_end_is_late_though_no_working_day_has_passed() -> None:
    drawn = draw("{% deadline d days=0 words='quá hạn' late=True %}", d=date(2023, 11, 24))
    assert 'class="days late">quá hạn<' in drawn
    assert "hôm nay" not in drawn


def test_no_deadline_is_said() -> None:
    assert "Không thời hạn" in draw("{% deadline none %}", none=None)


def test_a_moment_is_told_in_the_time_of_viet_nam() -> None:
    assert "00:30 24/11/2023" in draw("{% moment at %}", at=datetime(2023, 11, 23, 17, 30, tzinfo=UTC))
    assert "24/11/2023" in draw("{% day at %}", at=datetime(2023, 11, 23, 17, 30, tzinfo=UTC))


def test_who_did_nothing_named_is_the_system() -> None:
    assert draw("{% person none %}", none=None) == "Hệ thống"


def test_a_timeline_names_verb_person_and_time() -> None:
    entry = SimpleNamespace(
        verb="test.unknown",
        summary="đổi hạn",
        actor_id=1,
        actor_name="Trần Thị Bình",
        at=datetime(2023, 11, 22, 3, tzinfo=UTC),
    )
    drawn = draw("{% timeline entries %}", entries=[entry])
    assert "Trần Thị Bình" in drawn
    assert "10:00 22/11/2023" in drawn
    assert "Chưa có việc nào" in draw("{% timeline entries %}", entries=[])


class Sample(forms.Form):
    reason = forms.CharField(label="Lý do", help_text="Nêu căn cứ.")
    again = forms.BooleanField(label="Làm lại", required=False)
    kind = forms.ChoiceField(label="Loại", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


def test_a_form_joins_labels_help_and_errors_to_its_fields() -> None:
    drawn = draw("{% fields form %}", form=Sample({"reason": ""}))
    assert_accessible(drawn, fragment=True)
    assert 'aria-describedby="id_reason_helptext id_reason_error"' in drawn
    assert "không bắt buộc" not in draw("{% field form.reason %}", form=Sample())
    assert "Chưa ghi được" in drawn


def test_pages_keep_the_rest_of_the_address() -> None:
    drawn = draw("{% pagination page %}", path="/?time=overdue&page=2", page=Paginator(range(100), 10).page(2))
    assert "?time=overdue&amp;page=3" in drawn
    assert 'aria-current="page">2<' in drawn
    assert draw("{% pagination page %}", page=Paginator([], 10).page(1)).strip() == ""


def test_a_query_is_changed_and_keys_are_taken_out() -> None:
    assert draw("{% query b=2 a=None %}", path="/?a=1&c=3") == "c=3&amp;b=2"


@pytest.mark.parametrize(
    "source",
    [
        "{% confirm 'del' title='Xóa?' text='Không lấy lại được.' button='Xóa' url='/x/' opener='Xóa' %}",
        "{% drop_zone '/tai-len/' help='PDF, DOCX' %}",
        "{% empty 'Chưa có' 'Hãy thêm.' '/x/' 'Thêm' %}",
        "{% progress 40 %}",
        "{% tabs items label='Loại' %}",
    ],
)
def test_components_are_accessible(source: str) -> None:
    assert_accessible(draw(source, items=[{"url": "/", "label": "A", "current": True, "count": 0}]), fragment=True)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('<input name="a">', "no label"),
        ("<button></button>", "says nothing"),
        ('<p style="x">', "has style"),
        ('<p onclick="x">', "has onclick"),
        ("<script>1</script>", "a script stands"),
        ('<img src="/a.png">', "no alt"),
        ('<img src="https://a/a.png" alt="">', "from elsewhere"),
        ('<p id="a"></p><p id="a"></p>', "stands 2 times"),
        ('<p aria-describedby="b"></p>', "not there"),
        ('<progress value="1"></progress>', "no name"),
    ],
)
def test_the_check_of_pages_finds_faults(text: str, fault: str) -> None:
    assert any(fault in found for found in faults_of(text, fragment=True))


def test_the_check_of_pages_finds_what_a_whole_page_lacks() -> None:
    assert faults_of("<html><body><p>x</p></body></html>") == [
        "no <!doctype html>",
        "<html> has no lang",
        "the page has no title of its own",
        "0 <main>, not one",
        "0 <h1>, not one",
    ]
