"""What tests of several places share."""

from __future__ import annotations

import pytest

from toneguard.heads.load import TIERS, Reader, load_reader


@pytest.fixture(params=TIERS)
def reader(request: pytest.FixtureRequest) -> Reader:
    """The trained heads of each tier in turn."""
    if request.param == "accurate":
        pytest.importorskip("onnxruntime")
        pytest.importorskip("tokenizers")
    return load_reader(request.param)
