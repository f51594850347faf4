"""Pictures of letters, icons and shapes, which all apps of a test process share."""

from __future__ import annotations

import gc
import itertools
import os
from collections.abc import Iterator

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

import pytest

from tabletop.window import raster_cache


@pytest.fixture(scope="session", autouse=True)
def shared_rasters() -> Iterator[None]:
    """A new app keeps what those before it have drawn: a window has but one, and begins with nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(raster_cache, "forget", lambda: None)
        yield


_WINDOWS = itertools.count(1)
#: The collector is rare in tests, and screens that refer to each other hold megabytes: after so many it is asked.
_MANY = 100


@pytest.fixture(autouse=True)
def old_screens() -> Iterator[None]:
    """Gives up what the screens of the tests before held."""
    yield
    if next(_WINDOWS) % _MANY == 0:
        gc.collect()
