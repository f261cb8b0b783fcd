from __future__ import annotations

from decimal import Decimal

from smallcmms.services import assets
from smallcmms.services.papers import tags
from smallcmms.services.tag_printing import Habits
from smallcmms.store.store import Store
from tests import build


def test_a_tag_says_number_name_place_and_whom_to_call(store: Store, story: build.Story) -> None:
    sheet = tags.tags(store, [story.asset_id], told=Habits(start_at=4))
    [tag] = sheet.tags
    assert (tag.code, tag.number, tag.name, tag.place, tag.phone) == (
        "SC7KQ2:A0133:P",
        "A-0133",
        "SP-A Sump pump",
        "Harbor View Apartments, Basement",
        "(937) 555-0142",
    )
    assert (sheet.labels.key, sheet.start_at) == ("5160", 4)


def test_tags_stand_in_the_order_asked_for(store: Store, story: build.Story) -> None:
    boiler = assets.add(store, site_id=story.site_id, name="Boiler")
    told = Habits(sheet="22806", nudge_x_mm=Decimal("0.5"))
    sheet = tags.tags(store, [boiler, story.asset_id], told=told)
    assert [tag.number for tag in sheet.tags] == ["A-0134", "A-0133"]
    assert sheet.nudge_x_mm == Decimal("0.5")
