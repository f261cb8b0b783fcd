from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from smallcmms import loading


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    gc.unfreeze()
    gc.enable()


def test_no_garbage_is_looked_for_while_things_are_loaded_nor_later_in_them() -> None:
    loading.begin()
    assert not gc.isenabled()
    stays = [[each] for each in range(1000)]
    loading.end()
    assert gc.isenabled()
    assert gc.get_freeze_count() > len(stays)
    assert not any(each is stays for each in gc.get_objects())
