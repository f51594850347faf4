"""The project's own speed figures: there, above 0, and beside a yardstick. How fast it is is not for tests to say."""

from __future__ import annotations

import pytest

from tabletop.analysis.bench import figures, show


def test_every_figure_is_there_and_above_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    measured = figures(seconds=0.02)
    numbers = {key: value for key, value in measured.items() if not isinstance(value, str)}
    assert all(value > 0 for value in numbers.values())
    assert {"decisions_per_second_random", "decisions_per_second_public_api", "ratio_to_yardstick"} <= set(numbers)
    show(measured, as_json=False)
    assert "decisions a second through the public API" in capsys.readouterr().out
