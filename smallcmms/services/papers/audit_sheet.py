"""What the sheet of an audit says: the assets of a walk, place by place."""

from __future__ import annotations

from itertools import groupby

from smallcmms.domain.audits import AuditSheet, Finding, SheetAsset, SheetPlace
from smallcmms.domain.papers import Shop
from smallcmms.models import Site
from smallcmms.services import asset_audits
from smallcmms.services.asset_audit_pages import AuditLine
from smallcmms.services.steps import shops
from smallcmms.store.store import Store


def audit_sheet(store: Store, audit_id: int) -> AuditSheet:
    """Return what the sheet of an audit says, as it was begun; a new print says the same.

    Raises:
        NotFound: there is no such audit.
    """
    with store.read() as session:
        page = asset_audits.get(store, audit_id)
        shop, site = shops.current(session), session.get_one(Site, page.row.site_id)
        expected = [line for line in page.lines if line.finding is not Finding.NEW]
        by_place = groupby(expected, key=lambda line: line.place)
        return AuditSheet(
            manner=shop.manner(),
            shop=Shop(name=shop.name, phone=shop.phone),
            number=page.row.number,
            code=page.code,
            printed_at=store.now(),
            customer=page.row.customer,
            site=site.name,
            address=tuple(filter(None, (site.address, site.city))),
            within=page.row.within,
            places=tuple(
                SheetPlace(path=path, assets=tuple(_row(line) for line in lines))
                for path, lines in by_place
            ),
        )


def _row(line: AuditLine) -> SheetAsset:
    return SheetAsset(
        number=line.number,
        name=line.name,
        make_model=f"{line.make} {line.model}".strip(),
        serial=line.serial,
        own_tag=line.own_tag,
    )
