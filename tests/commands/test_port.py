"""Ports: what is free, what is not, and what is said about it."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from khoithong.commands.port import LOOPBACK, port_number, why_unusable


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_taken_port_is_named_with_a_way_out(taken: int) -> None:
    reason = why_unusable(LOOPBACK, taken)
    assert reason is not None
    assert f"cổng {taken} đang có chương trình khác dùng" in reason
    assert str(taken + 1) in reason


def test_a_free_port_is_no_matter_and_stays_free(taken: int) -> None:
    with socket.socket() as free:
        free.bind((LOOPBACK, 0))
        port = free.getsockname()[1]
    assert why_unusable(LOOPBACK, port) is None
    assert why_unusable(LOOPBACK, port) is None


def test_a_port_just_left_is_free() -> None:
    with socket.create_server((LOOPBACK, 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection((LOOPBACK, port)), server.accept()[0]:
            pass
    assert why_unusable(LOOPBACK, port) is None


def test_an_address_that_is_not_this_machine() -> None:
    reason = why_unusable("192.0.2.1", 8000)
    assert reason is not None
    assert "192.0.2.1" in reason


@pytest.mark.parametrize(("given", "number"), [("1", 1), ("8000", 8000), ("65535", 65535)])
def test_a_port_number(given: str, number: int) -> None:
    assert port_number(given) == number


@pytest.mark.parametrize("given", ["", "0", "65536", "-1", "80a", "8 0", "٨٠٨٠", "²"])
def test_not_a_port_number(given: str) -> None:
    with pytest.raises(ValueError, match="không phải số cổng"):
        port_number(given)
