"""The tree of assets at the left: site, building, floor, asset; what is open or late there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from enum import IntEnum
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent

from smallcmms.domain.customers import CustomerKind
from smallcmms.services import assets, drafts
from smallcmms.services.assets import TreeAsset, TreePlace, TreeSite
from smallcmms.texts import _, _n
from smallcmms.ui.forms.asset import DRAFT
from smallcmms.ui.kit import Cell, Column, Desk, RowsModel, RowsView, states, theme

_ROW = 28
_FOLD_ROOM = 34
_KINDS = 5
_MOST_UNFOLDED = 6
"""So many sites that a filter leaves are unfolded; the others wait, for each is looked into."""
_CUSTOMER = attrgetter("customer_id")
_ICONS = {
    CustomerKind.COMMERCIAL: "building-2",
    CustomerKind.RESIDENTIAL: "house",
    CustomerKind.INTERNAL: "factory",
}

What = TreeSite | list[TreeSite] | TreePlace | TreeAsset | str


class Kind(IntEnum):
    """What a row of the tree is."""

    SITE = 0
    PLACE = 1
    ASSET = 2
    CUSTOMER = 3
    DRAFT = 4


class Node(NamedTuple):
    """A row of the tree: ``what`` it shows, a customer's sites, the words of a draft.

    No other row has its ``key``. ``is_unfolded`` is None where nothing lies under it.
    """

    key: int
    kind: Kind
    id: int
    depth: int
    what: What
    is_unfolded: bool | None = None


class AssetTree(RowsView):
    """Show sites, their places and assets; arrows fold and unfold, Ctrl X and Ctrl V move.

    ``chose_asset`` tells the asset that the person stands on, ``chose_site`` the site,
    ``chose_draft`` that it is the asset that is half typed. ``taken`` tells the asset that is to
    be moved, ``put`` the asset, the site and the place where it is put. ``is_cut`` tells that a
    filter left more sites than are unfolded.
    """

    chose_asset = Signal(int)
    chose_site = Signal(int)
    chose_draft = Signal()
    taken = Signal(int)
    put = Signal(int, int, str)

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._sites: list[TreeSite] = []
        self._nodes: list[Node] = []
        self._unfolded: set[int] = set()
        self._folded: set[int] = set()
        self._text = ""
        self._found: set[int] = set()
        self.is_cut = False
        self.has_archive = False
        self._taken = 0
        super().__init__(RowsModel([Column("", _look)], self._fetch), row=_ROW, says=_("Assets"))
        self.rows.setParent(self)
        self.chosen.connect(self._tell_node)
        self.opened.connect(lambda _key: self._turn())

    def look_up(self, text: str = "", *, stands_on_first: bool = False) -> list[TreeSite]:
        """Show the tree, or what of it a text leaves; return the sites.

        It may unfold the first site that has assets and stand on the first of them.
        """
        self._text = text
        self._sites = assets.tree(self.desk.store, text=text, has_archive=self.has_archive)
        first = self._sites[:_MOST_UNFOLDED] if text else []
        self._found = {_key(Kind.SITE, site.id) for site in first}
        self._found |= {_key(Kind.CUSTOMER, site.customer_id) for site in first}
        self.is_cut = bool(text) and len(self._sites) > len(first)
        filled = next((site for site in self._sites if site.assets), None)
        if stands_on_first and filled is not None:
            self._unfolded |= {_key(Kind.SITE, filled.id), _key(Kind.CUSTOMER, filled.customer_id)}
        self._stand()
        if stands_on_first and filled is not None:
            self.choose_soon(next((_key(Kind.ASSET, each) for each in self.asset_ids), 0))
        return self._sites

    def _stand(self) -> None:
        """Show the sites that were looked up, and what lies in those that are unfolded."""
        opened = self._unfolded | (self._found - self._folded)
        nodes = list(self._draft())
        for _customer, own in groupby(self._sites, key=_CUSTOMER):
            nodes += _of_customer(list(own), opened)
        unfolded = [node.id for node in nodes if node.kind is Kind.SITE and node.is_unfolded]
        self._nodes = self._filled(nodes, unfolded) if unfolded else nodes
        self.rows.set_ids([node.key for node in self._shown()])

    def _filled(self, nodes: list[Node], site_ids: list[int]) -> list[Node]:
        """Return the rows with what stands in the sites that are unfolded."""
        inside = assets.within(
            self.desk.store, site_ids, text=self._text, has_archive=self.has_archive
        )
        filled = []
        for node in nodes:
            filled.append(node)
            if node.kind is Kind.SITE and node.is_unfolded:
                filled += self._within(inside[node.id], node.depth + 1)
        return filled

    def _within(self, inside: Sequence[TreePlace | TreeAsset], depth: int) -> Iterable[Node]:
        for each in inside:
            kind = Kind.PLACE if isinstance(each, TreePlace) else Kind.ASSET
            key = _key(kind, each.id)
            is_unfolded = key not in self._folded if kind is Kind.PLACE else None
            yield Node(key, kind, each.id, each.depth + depth, each, is_unfolded)

    def show_asset(self, asset_id: int, site_id: int, customer_id: int) -> None:
        """Unfold the way to an asset and stand on it."""
        self._unfolded |= {_key(Kind.SITE, site_id), _key(Kind.CUSTOMER, customer_id)}
        self.look_up(self._text)
        self._unfold_way(asset_id)
        self.choose(_key(Kind.ASSET, asset_id))

    @property
    def asset_ids(self) -> list[int]:
        """Return the assets that stand in the tree now, top down."""
        return [node.id for node in self._shown() if node.kind is Kind.ASSET]

    @property
    def chosen_node(self) -> Node | None:
        """Return the row that the person stands on."""
        key = self.chosen_id
        return next((node for node in self._nodes if node.key == key), None)

    def site_of(self, node: Node) -> int:
        """Return the site that a row stands in, 0 for a row that is above the sites."""
        above = reversed(self._nodes[: self._nodes.index(node) + 1])
        if node.kind in (Kind.CUSTOMER, Kind.DRAFT):
            return 0
        return next(each.id for each in above if each.kind is Kind.SITE)

    def place_of_node(self, node: Node) -> str:
        """Return the path of the place that a row is or stands in, as people type it."""
        at, depth, names = self._nodes.index(node), node.depth + 1, []
        for each in reversed(self._nodes[: at + 1]):
            if isinstance(each.what, TreePlace) and each.depth < depth:
                names.append(each.what.name)
                depth = each.depth
            if each.kind is Kind.SITE:
                break
        return " › ".join(reversed(names))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Unfold with Right, fold with Left or go to what is above; take and put an asset."""
        node = self.chosen_node
        if event.matches(QKeySequence.StandardKey.Cut) and node and node.kind is Kind.ASSET:
            self._taken = node.id
            self.taken.emit(node.id)
        elif event.matches(QKeySequence.StandardKey.Paste) and node and self._taken:
            self._put(node)
        elif node is None or event.key() not in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Right and node.is_unfolded is False:
            self._turn()
        elif event.key() == Qt.Key.Key_Left:
            self._fold_or_climb(node)

    def _put(self, node: Node) -> None:
        """Tell that what was taken is put where the person stands; above the sites is no place."""
        site_id = self.site_of(node)
        if site_id:
            place = "" if node.kind is Kind.SITE else self.place_of_node(node)
            asset_id, self._taken = self._taken, 0
            self.put.emit(asset_id, site_id, place)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Fold and unfold at the arrow."""
        super().mousePressEvent(event)
        node = self.chosen_node
        edge = theme.px(_FOLD_ROOM + 16 * node.depth) if node else 0
        if node and event.position().x() < edge:
            self._turn()

    def _draft(self) -> Iterable[Node]:
        kept = drafts.get(self.desk.store, *DRAFT)
        if kept and not self._text:
            words = " ".join(filter(None, (kept.get("short_code"), kept.get("name"))))
            yield Node(_key(Kind.DRAFT, 1), Kind.DRAFT, 1, 0, words)

    def _shown(self) -> Iterable[Node]:
        """Yield the rows that no folded place hides."""
        hidden_below = -1
        for node in self._nodes:
            if hidden_below >= 0 and node.depth > hidden_below:
                continue
            hidden_below = node.depth if node.is_unfolded is False else -1
            yield node

    def _fetch(self, keys: Sequence[int]) -> dict[int, Node]:
        wanted = set(keys)
        return {node.key: node for node in self._nodes if node.key in wanted}

    def _tell_node(self, _key: int) -> None:
        node = self.chosen_node
        if node is None:
            return
        if node.kind is Kind.ASSET:
            self.chose_asset.emit(node.id)
        elif node.kind is Kind.DRAFT:
            self.chose_draft.emit()
        else:
            self.chose_site.emit(self.site_of(node))

    def _turn(self) -> None:
        node = self.chosen_node
        if node is None or node.is_unfolded is None:
            return
        opened, closed = self._unfolded, self._folded
        for kept, is_in in ((opened, not node.is_unfolded), (closed, node.is_unfolded)):
            (kept.add if is_in else kept.discard)(node.key)
        self._stand()

    def _fold_or_climb(self, node: Node) -> None:
        if node.is_unfolded:
            self._turn()
            return
        at = self._nodes.index(node)
        above = (each for each in reversed(self._nodes[:at]) if each.depth < node.depth)
        parent = next(above, None)
        if parent is not None:
            self.choose(parent.key)

    def _unfold_way(self, asset_id: int) -> None:
        key = _key(Kind.ASSET, asset_id)
        at = next((at for at, node in enumerate(self._nodes) if node.key == key), -1)
        depth = self._nodes[at].depth if at >= 0 else 0
        for node in reversed(self._nodes[: max(at, 0)]):
            if node.depth < depth:
                self._folded.discard(node.key)
                depth = node.depth
        self._stand()


def _key(kind: Kind, record_id: int) -> int:
    return record_id * _KINDS + kind


def _of_customer(sites: list[TreeSite], opened: Collection[int]) -> Iterable[Node]:
    """Yield the rows of a customer's sites, under its own where it has many."""
    depth, is_open = 0, True
    if sites[0].is_one_of_many:
        customer_id = sites[0].customer_id
        key = _key(Kind.CUSTOMER, customer_id)
        depth, is_open = 1, key in opened
        yield Node(key, Kind.CUSTOMER, customer_id, 0, sites, is_open)
    for site in sites if is_open else ():
        key = _key(Kind.SITE, site.id)
        is_unfolded = key in opened if site.assets else None
        yield Node(key, Kind.SITE, site.id, depth, site, is_unfolded)


def _look(node: Node) -> Cell:
    look = _cell(node.what, is_alone=not node.depth)
    return replace(look, depth=node.depth, is_unfolded=node.is_unfolded)


def _cell(what: What, *, is_alone: bool) -> Cell:
    """Return what a row says; a site that stands alone has the name of its customer."""
    match what:
        case TreeAsset():
            return _asset_look(what)
        case TreePlace():
            return Cell(icon="layers" if what.depth else "building-2", first=what.name)
        case TreeSite():
            return _site_look(what, is_alone=is_alone)
        case str():
            return Cell(icon="file-pen", first=what, pill=states.work_order("draft"))
        case list():
            return _customer_look(what)


def _customer_look(sites: Sequence[TreeSite]) -> Cell:
    whole = sites[0]._replace(
        is_critical=any(site.is_critical for site in sites),
        late_work=sum(site.late_work for site in sites),
        open_work=sum(site.open_work for site in sites),
    )
    return _site_look(whole, is_alone=True)


def _site_look(site: TreeSite, *, is_alone: bool) -> Cell:
    words, tone = "", "text2"
    if site.is_critical:
        words, tone = "L1", "red"
    elif site.late_work:
        words, tone = _n("{n} late", "{n} late", site.late_work), "red"
    elif site.open_work:
        words = _n("{n} open", "{n} open", site.open_work)
    icon, name = _ICONS[site.kind], site.name if is_alone else site.label
    return Cell(icon=icon, first=name, is_bold=name == site.name, right=words, right_tone=tone)


def _asset_look(asset: TreeAsset) -> Cell:
    words, tone = "", "text2"
    if asset.is_late:
        words, tone = _("late"), "red"
    elif asset.is_archived:
        words, tone = _("archived"), "text3"
    elif asset.open_work:
        words, tone = _("open"), "text2"
    elif asset.is_stub:
        words, tone = _("to audit"), "amber"
    first, then = asset.short_code or asset.name, asset.name if asset.short_code else ""
    return Cell(icon="wrench", first=first, then=then, right=words, right_tone=tone)
