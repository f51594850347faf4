"""Compiled kernels in the cache: whatever has become of them, they are compiled anew and kept again."""

from __future__ import annotations

import errno
import os
import pathlib
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

pytest.importorskip("numba")

from typing import Any

import numba
from filelock import FileLock
from numba.core import config

from tabletop.engine.compiled.kernel_cache import CheckedKernels
from tabletop.storage.cache import Cache
from tests.patience import PATIENCE

SOURCE = "def doubled(x):\n    return 2 * x\n"


@pytest.fixture
def cache(tmp_path: pathlib.Path) -> Cache:
    made = Cache(tmp_path / "tabletop" / "machine-1")
    assert made.prepared()
    (tmp_path / "kernels.py").write_text(SOURCE, encoding="utf-8")
    return made


def fresh(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A kernel that doubles a number, as a fresh process makes it."""
    file = cache.root.parent / "kernels.py"
    room: dict[str, Any] = {"__name__": "kernels", "__file__": str(file)}
    exec(compile(SOURCE, str(file), "exec"), room)
    with monkeypatch.context() as patch:
        patch.setattr(config, "CACHE_DIR", str(cache.folder))
        kernel = numba.njit(cache=True)(room["doubled"])
    assert CheckedKernels.is_below(kernel._cache, cache)
    kernel._cache = CheckedKernels(kernel._cache, "doubled", cache)
    return kernel


def comes_from_cache(kernel: Any) -> bool:
    """Has the kernel double a number; whether it came from the cache."""
    with kernel._cache.one_process():
        assert kernel(21) == 42
    return bool(kernel.stats.cache_hits)


def loaded(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Has a fresh kernel double a number; whether it came from the cache."""
    return comes_from_cache(fresh(cache, monkeypatch))


def files(cache: Cache, ending: str) -> list[pathlib.Path]:
    return list(cache.folder.rglob(f"*.{ending}"))


def test_a_kernel_is_compiled_once(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [loaded(cache, monkeypatch) for _ in range(3)] == [False, True, True]
    if os.name == "posix":
        kept = [*files(cache, "nbi"), *files(cache, "nbc"), *files(cache, "sums")]
        assert [one.stat().st_mode & 0o777 for one in kept] == [0o600] * 3


@pytest.mark.parametrize("ending", ["nbi", "nbc", "sums"])
@pytest.mark.parametrize("damage", ["empty", "half", "garbage", "one bit", "gone"])
def test_a_damaged_file_is_thrown_away_and_made_anew(
    cache: Cache, monkeypatch: pytest.MonkeyPatch, ending: str, damage: str
) -> None:
    loaded(cache, monkeypatch)
    (file,) = files(cache, ending)
    content = file.read_bytes()
    changed = {"empty": b"", "half": content[: len(content) // 2], "garbage": b"garbage\n"}
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes(changed.get(damage, bytes([*content[:-9], content[-9] ^ 4, *content[-8:]])))
    assert [loaded(cache, monkeypatch) for _ in range(2)] == [False, True]


def test_what_others_may_write_to_is_not_loaded(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.name != "posix":
        pytest.skip("files have no modes")
    loaded(cache, monkeypatch)
    (file,) = files(cache, "nbc")
    file.chmod(0o666)
    assert not loaded(cache, monkeypatch)


def test_kernels_from_another_machines_cache_are_not_loaded(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded(cache, monkeypatch)
    shutil.move(cache.root / "cache.key", cache.root / "another")
    assert [loaded(cache, monkeypatch) for _ in range(2)] == [False, True]


def test_who_comes_while_a_kernel_is_compiled_waits_and_takes_it(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = fresh(cache, monkeypatch), fresh(cache, monkeypatch)
    began = threading.Event()

    def come() -> bool:
        began.set()
        return comes_from_cache(theirs)

    with ThreadPoolExecutor(1) as pool:
        with ours._cache.one_process():
            coming = pool.submit(come)
            assert began.wait(PATIENCE)
            assert ours(21) == 42
            assert not coming.done()
        assert coming.result(PATIENCE)


def test_where_nothing_can_be_locked_each_compiles_for_itself(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    def unable(*_: object, **__: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(FileLock, "acquire", unable)
    assert [loaded(cache, monkeypatch) for _ in range(2)] == [False, True]


def test_a_full_disk_is_no_reason_not_to_play(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("numba.core.caching.IndexDataCacheFile.save", full)
    assert [loaded(cache, monkeypatch) for _ in range(2)] == [False, False]
