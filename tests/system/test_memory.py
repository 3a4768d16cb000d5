"""Free memory: the least of what the machine and the container say; and what is no longer needed is given back."""

import os
import platform
from pathlib import Path

import pytest

from friendshore.optimizer.system import memory


def test_this_machine_says_something() -> None:
    free = memory.free_memory()
    assert free is None or 1e6 < free < 1e15


def test_the_least_of_machine_and_container(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    info = tmp_path / "meminfo"
    info.write_text("MemTotal: 9 kB\nMemAvailable:    2000 kB\n", encoding="ascii")
    monkeypatch.setattr(memory, "MEMINFO", info)
    monkeypatch.setattr(memory, "CGROUP", tmp_path)
    assert memory.free_memory() == 2_048_000
    (tmp_path / "memory.max").write_text("1500000\n", encoding="ascii")
    (tmp_path / "memory.current").write_text("500000\n", encoding="ascii")
    assert memory.free_memory() == 1_000_000
    (tmp_path / "memory.max").write_text("max\n", encoding="ascii")
    assert memory.free_memory() == 2_048_000


def _resident() -> int:
    """Bytes of this process that are in memory."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only this library keeps what is freed")
def test_what_is_freed_beneath_something_that_stays_is_given_back() -> None:
    blocks = [bytearray(64 << 10) for _ in range(1_600)]  # 100 MB, each too small to be mapped by itself
    del blocks[:-1]
    before = _resident()
    memory.give_back()
    assert before - _resident() > 50e6
