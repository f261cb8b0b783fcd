from __future__ import annotations

from smallcmms.services import settings
from smallcmms.store.store import Store


def test_a_choice_is_kept_and_the_next_takes_its_place(store: Store) -> None:
    assert settings.get(store, "tags") == {}
    settings.keep(store, "tags", {"start_at": 4})
    settings.keep(store, "tags", {"start_at": 5})
    assert settings.get(store, "tags") == {"start_at": 5}
    assert store.next_undo() is None
