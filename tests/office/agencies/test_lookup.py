"""A spelling means the one agency that bears it on the day asked about; never one of two."""

from __future__ import annotations

from datetime import date

import pytest

from khoithong.office.agencies.models import Affiliation, Agency, AgencyName, Kind, Succession
from khoithong.office.agencies.queries import How, expand_group, lookup, lookup_many, read_group, successors_of, suggest
from khoithong.office.agencies.spelling import spelling_key
from tests.factories import make_agency

ON = date(2023, 11, 22)
LAST, FIRST = date(2025, 6, 30), date(2025, 7, 1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sở TT&TT", "Sở Thông tin và Truyền thông"),
        ("Sở TTTT", "so thong tin va truyen thong"),
        ("SỞ TT & TT", "Sở Thông tin, Truyền thông"),
        ("Sở KH-ĐT", "Sở Kế hoạch và Đầu tư"),
        ("Sở KHĐT", "Sở Kế hoạch và Đầu tư"),
        ("Sở NN&PTNT", "Sở Nông nghiệp và Phát triển nông thôn"),
        ("Sở LĐ-TB&XH", "Sở Lao động - Thương binh và Xã hội"),
        ("Sở LĐTB&XH", "Sở Lao động – Thương binh và Xã hội"),
        ("Sở VHTT&DL", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Sở VH,TT&DL", "Sở Văn hoá, Thể thao và Du lịch"),
        ("UBND TP. Tam Kỳ", "Ủy ban nhân dân thành phố Tam Kỳ"),
        ("UBND TP.Tam Kỳ", "Uỷ ban nhân dân thành phố Tam Kỳ"),
        ("UBND TX Điện Bàn", "Ủy ban Nhân dân thị xã Điện Bàn"),
        ("CAT", "Công an tỉnh"),
        ("VP UBND tỉnh", "Văn phòng Ủy ban nhân dân tỉnh"),
        ("VPCP", "Văn phòng Chính phủ"),
        ("BHXH tỉnh", "Bảo hiểm xã hội tỉnh"),
        ("KBNN", "Kho bạc Nhà nước"),
        ("Bộ CHQS tỉnh", "Bộ Chỉ huy Quân sự tỉnh"),
        ("  Sở   Y tế ", "sở y tế"),
    ],
)
def test_two_spellings_share_a_key(one: str, other: str) -> None:
    assert spelling_key(one) == spelling_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Sở Tài chính", "Sở Tư pháp"), ("UBND huyện Quế Sơn", "UBND xã Quế Sơn"), ("Sở Y tế", "Bộ Y tế")],
)
def test_two_names_do_not(one: str, other: str) -> None:
    assert spelling_key(one) != spelling_key(other)


@pytest.mark.parametrize("nothing", ["", "  ", "…", "&-"])
def test_a_text_without_letters_has_no_key(nothing: str) -> None:
    assert spelling_key(nothing) == ""


@pytest.fixture
def province(db: None) -> Agency:
    return make_agency("Ủy ban nhân dân tỉnh Quảng Nam", short_name="UBND tỉnh", kind=Kind.PROVINCE)


@pytest.fixture
def media(province: Agency) -> Agency:
    return make_agency(
        "Sở Thông tin và Truyền thông", short_name="Sở TTTT", parent=province, exists_to=LAST, code="so-tttt"
    )


@pytest.fixture
def police(province: Agency) -> Agency:
    return make_agency("Công an tỉnh Quảng Nam", short_name="Công an tỉnh", kind=Kind.VERTICAL, parent=province)


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("Sở Thông tin và Truyền thông", How.OFFICIAL),
        ("so thong tin va truyen thong", How.OFFICIAL),
        ("SỞ TT&TT", How.OFFICIAL),
        ("Sở Thông tin và Truyền thông tỉnh Quảng Nam", How.LOCALITY),
        ("Sở TTTT Quảng Nam", How.LOCALITY),
        ("Giám đốc Sở Thông tin và Truyền thông", How.TITLE),
        ("đồng chí Phó Giám đốc Sở TT&TT tỉnh Quảng Nam", How.TITLE),
    ],
)
def test_an_agency_is_found_by_any_spelling(media: Agency, police: Agency, text: str, how: How) -> None:
    match = lookup(text, on=ON)
    assert (match.agency, match.how, match.candidates) == (media, how, ())


@pytest.mark.parametrize(
    "text", ["Công an tỉnh", "CAT", "Công an tỉnh Quảng Nam", "CA tỉnh Quảng Nam", "Giám đốc Công an tỉnh"]
)
def test_a_vertical_body(police: Agency, text: str) -> None:
    assert lookup(text, on=ON).agency == police


@pytest.mark.parametrize(
    "text", ["UBND tỉnh", "Chủ tịch UBND tỉnh", "Ủy ban nhân dân tỉnh Quảng Nam", "ubnd tinh quang nam"]
)
def test_the_province(province: Agency, text: str) -> None:
    assert lookup(text, on=ON).agency == province


@pytest.mark.parametrize(
    "text",
    ["", "Sở", "Sở Thông tin", "Sở TT&TT tỉnh Bình Định", "Sở Thông tin và Truyền thông và Sở Y tế", "tỉnh Quảng Nam"],
)
def test_what_means_nobody_is_nobody(media: Agency, text: str) -> None:
    match = lookup(text, on=ON)
    assert (match.agency, match.candidates, match.gone) == (None, (), None)


def test_another_province_s_department_is_not_taken_for_ours(media: Agency) -> None:
    elsewhere = make_agency("Ủy ban nhân dân tỉnh Bình Định", kind=Kind.PROVINCE)
    assert lookup("Sở TTTT tỉnh Bình Định", on=ON).agency is None
    theirs = make_agency("Sở Thông tin và Truyền thông", parent=elsewhere)
    assert lookup("Sở TTTT tỉnh Bình Định", on=ON).agency == theirs
    assert lookup("Sở TTTT tỉnh Quảng Nam", on=ON).agency == media


def test_between_two_it_does_not_guess(media: Agency) -> None:
    other = make_agency("Sở Thông tin và Truyền thông")
    match = lookup("Sở TT&TT", on=ON)
    assert match.agency is None
    assert set(match.candidates) == {media, other}


def test_the_gone_is_named_with_its_successors(media: Agency) -> None:
    science = make_agency("Sở Khoa học và Công nghệ")
    Succession.objects.create(predecessor=media, successor=science, on=FIRST)
    assert lookup("Sở TT&TT", on=LAST).agency == media
    after = lookup("Sở TT&TT", on=FIRST)
    assert (after.agency, after.how, after.gone, after.successors) == (None, How.GONE, media, (science,))
    assert successors_of(media, on=LAST) == []


def test_a_successor_that_is_gone_too_is_walked_through(media: Agency) -> None:
    middle = make_agency("Sở Ở Giữa", exists_from=FIRST, exists_to=date(2026, 6, 30))
    end = make_agency("Sở Cuối")
    Succession.objects.create(predecessor=media, successor=middle, on=FIRST)
    Succession.objects.create(predecessor=middle, successor=end, on=date(2026, 7, 1))
    assert successors_of(media, on=FIRST) == [middle]
    assert successors_of(media, on=date(2026, 7, 1)) == [end]
    Succession.objects.create(predecessor=end, successor=media, on=date(2026, 7, 2))
    assert successors_of(media, on=date(2026, 7, 2)) == []


def test_a_living_bearer_of_a_name_wins_over_a_gone_one(media: Agency) -> None:
    new = make_agency("Sở Thông tin và Truyền thông", exists_from=FIRST)
    assert lookup("Sở TT&TT", on=LAST).agency == media
    assert lookup("Sở TT&TT", on=FIRST).agency == new


def test_a_name_of_another_time_is_said_to_be_one(province: Agency) -> None:
    agency = make_agency("Sở Mới")
    AgencyName.objects.create(agency=agency, text="Sở Cũ", use=AgencyName.Use.OFFICIAL, valid_to=date(2020, 1, 1))
    assert lookup("Sở Cũ", on=date(2020, 1, 1)).how == How.OFFICIAL
    later = lookup("Sở Cũ", on=date(2020, 1, 2))
    assert (later.agency, later.how) == (agency, How.OTHER_TIME)


def test_many_at_once_ask_no_more_than_one(media: Agency, police: Agency, django_assert_num_queries: object) -> None:
    for texts in (["Sở TT&TT"], ["Sở TT&TT", "CAT", "Sở Y tế", "UBND tỉnh"]):
        with django_assert_num_queries(3):  # type: ignore[operator]
            found = lookup_many(texts, on=ON)
        assert found["Sở TT&TT"].agency == media


def test_suggestions_hold_all_the_words(media: Agency, police: Agency) -> None:
    assert suggest("truyền thông", on=ON) == [media]
    assert suggest("tỉnh công", on=ON) == [police]
    assert suggest("truyền thông", on=FIRST) == []
    assert suggest("không có", on=ON) == []


@pytest.fixture
def office(media: Agency, police: Agency, province: Agency) -> dict[str, Agency]:
    made = {"media": media, "police": police, "province": province}
    for code, name in {
        "finance": "Sở Tài chính", "plan": "Sở Kế hoạch và Đầu tư", "culture": "Sở Văn hóa, Thể thao và Du lịch",
        "inspect": "Thanh tra tỉnh",
    }.items():  # fmt: skip
        made[code] = make_agency(name, parent=province)
    for code, name in {
        "tamky": "Ủy ban nhân dân thành phố Tam Kỳ", "dienban": "Ủy ban nhân dân thị xã Điện Bàn",
        "nuithanh": "Ủy ban nhân dân huyện Núi Thành", "thangbinh": "Ủy ban nhân dân huyện Thăng Bình",
    }.items():  # fmt: skip
        made[code] = make_agency(name, parent=province, kind=Kind.DISTRICT, exists_to=LAST)
    made["xa"] = make_agency("Ủy ban nhân dân xã Núi Thành", kind=Kind.COMMUNE, exists_from=FIRST)
    made["ministry"] = make_agency("Bộ Công an", kind=Kind.CENTRAL)
    made["inspectorate"] = make_agency("Thanh tra Chính phủ", kind=Kind.CENTRAL)
    made["gov"] = make_agency("Chính phủ", kind=Kind.CENTRAL)
    make_agency("Sở Đã Giải Thể", parent=province, exists_to=date(2020, 1, 1))
    return made


DEPARTMENTS = {"media", "finance", "plan", "culture", "inspect"}
SO_BAN_NGANH = DEPARTMENTS | {"police"}
DISTRICTS = {"tamky", "dienban", "nuithanh", "thangbinh"}


@pytest.mark.parametrize(
    ("words", "members"),
    [
        ("các Sở, ban, ngành", SO_BAN_NGANH),
        ("Các sở, ban, ngành tỉnh", SO_BAN_NGANH),
        ("Thủ trưởng các Sở, Ban, ngành thuộc tỉnh", SO_BAN_NGANH),
        ("các Sở", {"media", "finance", "plan", "culture"}),
        ("các cơ quan chuyên môn thuộc UBND tỉnh", DEPARTMENTS),
        ("UBND các huyện, thị xã, thành phố", DISTRICTS),
        ("Chủ tịch UBND các huyện, thị xã và thành phố", DISTRICTS),
        ("UBND cấp huyện", DISTRICTS),
        ("các địa phương", DISTRICTS),
        ("các huyện", {"nuithanh", "thangbinh"}),
        ("UBND các huyện, thành phố", {"nuithanh", "thangbinh", "tamky"}),
        ("các Sở, ban, ngành, UBND các huyện, thị xã, thành phố", SO_BAN_NGANH | DISTRICTS),
        (
            "Thủ trưởng các Sở, ban, ngành; Chủ tịch UBND các huyện, thị xã, thành phố trên địa bàn tỉnh",
            SO_BAN_NGANH | DISTRICTS,
        ),
        ("các cơ quan, đơn vị", SO_BAN_NGANH | DISTRICTS),
        ("các đơn vị", SO_BAN_NGANH | DISTRICTS),
        ("các đơn vị có liên quan", set()),
        ("các cơ quan, đơn vị liên quan", set()),
        ("các Sở, ban, ngành, đơn vị liên quan", set()),
        ("Sở Tài chính, các địa phương, đơn vị có liên quan", {"finance"}),
        ("Sở Tài chính và đơn vị liên quan", {"finance"}),
        ("các Sở, ban, ngành và các đơn vị có liên quan", SO_BAN_NGANH),
        ("các Sở, ban, ngành; đơn vị có liên quan", SO_BAN_NGANH),
        ("cơ quan, tổ chức, cá nhân có liên quan", set()),
        ("cơ quan", set()),
        ("các sở, ngành, địa phương", SO_BAN_NGANH | DISTRICTS),
        ("các Bộ trưởng, Thủ trưởng cơ quan ngang bộ", {"ministry", "inspectorate"}),
        ("các bộ, ngành, địa phương", {"ministry", "inspectorate", "province"}),
        ("UBND tỉnh, thành phố trực thuộc Trung ương", {"province"}),
        ("UBND cấp tỉnh", {"province"}),
        ("các bộ, ngành", {"ministry", "inspectorate"}),
        ("các bộ", {"ministry"}),
        ("các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ", {"ministry", "inspectorate"}),
        ("UBND các tỉnh, thành phố trực thuộc Trung ương", {"province"}),
        ("Giám đốc Sở Tài chính", {"finance"}),
        ("Sở Văn hóa, Thể thao và Du lịch", {"culture"}),
        ("Công an tỉnh, Sở Tài chính, Sở VHTT&DL và Sở TT&TT", {"police", "finance", "culture", "media"}),
        ("các Sở: Tài chính, Kế hoạch và Đầu tư, Văn hóa, Thể thao và Du lịch", {"finance", "plan", "culture"}),
        ("các Sở Tài chính, Thông tin và Truyền thông; Công an tỉnh", {"finance", "media", "police"}),
        ("UBND các huyện: Núi Thành, Thăng Bình và thành phố Tam Kỳ", {"nuithanh", "thangbinh", "tamky"}),
        ("các Sở, ban, ngành (trừ Sở Tài chính)", SO_BAN_NGANH - {"finance"}),
        ("Sở Chưa Có và Sở Tài chính", {"finance"}),
        ("thành phố", set()),
        ("", set()),
    ],
)
def test_whom_the_words_for_a_group_mean(office: dict[str, Agency], words: str, members: set[str]) -> None:
    names = {agency.pk: code for code, agency in office.items()}
    assert {names.get(agency.pk, str(agency)) for agency in expand_group(words, on=ON)} == members


@pytest.mark.parametrize(
    "words",
    [
        "các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ",
        "UBND tỉnh, thành phố trực thuộc Trung ương",
        "Các bộ, cơ quan ngang bộ, địa phương",
        "Thủ trưởng các Sở, ban, ngành; Chủ tịch UBND các huyện, thị xã, thành phố",
    ],
)
def test_nothing_is_left_over_of_the_usual_words(office: dict[str, Agency], words: str) -> None:
    assert read_group(words, on=ON).left_over == ()


def test_a_group_has_the_members_of_its_day(office: dict[str, Agency]) -> None:
    assert expand_group("các địa phương", on=FIRST) == [office["xa"]]
    assert office["media"] not in expand_group("các Sở, ban, ngành", on=FIRST)
    assert expand_group("UBND các huyện, thị xã, thành phố", on=FIRST) == []


def test_a_group_can_be_kept_to_one_province(office: dict[str, Agency]) -> None:
    make_agency("Sở Y tế", parent=make_agency("Ủy ban nhân dân tỉnh Bình Định", kind=Kind.PROVINCE))
    assert len(expand_group("các Sở", on=ON)) == 5
    assert len(expand_group("các Sở", on=ON, under=office["province"])) == 4


def test_what_is_not_understood_is_left_over(office: dict[str, Agency]) -> None:
    group = read_group("Sở Tài chính, Hội Chưa Biết và các đơn vị có liên quan", on=ON)
    assert group.agencies == (office["finance"],)
    assert group.left_over == ("Hội Chưa Biết", "các đơn vị có liên quan")
    make_agency("Sở Tài chính")
    ambiguous = read_group("Sở Tài chính", on=ON)
    assert (ambiguous.agencies, len(ambiguous.ambiguous)) == ((), 1)


def test_an_affiliation_of_another_time_does_not_count(province: Agency) -> None:
    agency = make_agency("Sở Chuyển Đi")
    Affiliation.objects.create(child=agency, parent=province, valid_to=date(2020, 1, 1))
    assert expand_group("các Sở", on=ON, under=province) == []
    assert lookup("Sở Chuyển Đi tỉnh Quảng Nam", on=ON).agency is None
    assert lookup("Sở Chuyển Đi tỉnh Quảng Nam", on=date(2020, 1, 1)).agency == agency


@pytest.mark.parametrize(
    "words", ["các Sở, ban, ngành", "các Sở, ban, ngành, UBND các huyện; Sở TT&TT, Sở Y tế và Sở Z"]
)
def test_a_group_asks_few_queries(office: dict[str, Agency], words: str, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(5):  # type: ignore[operator]
        expand_group(words, on=ON)
