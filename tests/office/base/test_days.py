"""A day is typed day first; what is no day is told with the field's name and an example."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from khoithong.office.base.days import DayField, NotADay, read_day, shown
from tests.office.pages import assert_accessible

DAY = date(2024, 3, 5)


class Form(forms.Form):
    due = DayField(label="Thời hạn", help_text="Không bắt buộc.", required=False)


@pytest.mark.parametrize(
    "text", ["05/03/2024", "5/3/2024", "5-3-2024", "05.03.2024", "2024-03-05", "2024-3-5", " 5 / 3 / 2024 ", "5 3 2024"]
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_day_is_read_day_first_in_every_language(text: str, language: str) -> None:
    with translation.override(language):
        form = Form({"due": text})
        assert form.is_valid()
        assert form.cleaned_data["due"] == DAY


def test_nothing_is_no_day() -> None:
    assert read_day("  ") is None
    form = Form({"due": ""})
    assert form.is_valid()
    assert form.cleaned_data["due"] is None


@pytest.mark.parametrize("text", ["5/3/24", "3/2024", "5/3/0204", "hôm nay", "20240305", "5/3/2024 8:00", "٥/٣/2024"])
def test_what_is_not_written_like_a_day_is_refused_with_an_example(text: str) -> None:
    form = Form({"due": text})
    assert form.errors["due"] == ["Thời hạn: hãy ghi ngày/tháng/năm với đủ bốn chữ số của năm, ví dụ 24/11/2023."]
    assert f'value="{text}"' in str(form["due"])


@pytest.mark.parametrize("text", ["31/02/2024", "29/2/2023", "24/13/2023", "2023-02-29", "0/1/2023"])
def test_a_day_that_no_calendar_has_is_told_so(text: str) -> None:
    with pytest.raises(NotADay):
        read_day(text)
    assert Form({"due": text}).errors["due"] == [
        f"Thời hạn: trong lịch không có ngày {text}. Hãy kiểm tra lại ngày và tháng."
    ]


@pytest.mark.parametrize(
    ("value", "words"),
    [(DAY, "05/03/2024"), ("2024-03-05", "05/03/2024"), ("5/3/2024", "05/03/2024"), (None, ""), ("5/3", "5/3")],
)
def test_the_field_shows_a_day_as_it_is_written_here(value: Any, words: str) -> None:
    assert shown(value) == words


@pytest.mark.parametrize(
    ("data", "changed"), [("5/3/2024", False), ("2024-03-05", False), ("6/3/2024", True), ("", True)]
)
def test_another_way_to_write_the_same_day_is_no_change(data: str, changed: bool) -> None:
    assert Form({"due": data}, initial={"due": DAY}).has_changed() is changed


def test_the_field_is_a_text_that_works_without_script() -> None:
    drawn = Template("{% load ui %}{% field form.due %}").render(Context({"form": Form({"due": "31/02/2024"})}))
    assert_accessible(drawn, fragment=True)
    assert 'type="text"' in drawn
    assert 'type="date"' not in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'hidden aria-label="Chọn ngày trong lịch"' in drawn
