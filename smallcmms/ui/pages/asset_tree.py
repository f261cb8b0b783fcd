"""The tree of assets at the left: site, building, floor, asset; what is open or late there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import groupby

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
_ICONS = {
    CustomerKind.COMMERCIAL: "building-2",
    CustomerKind.RESIDENTIAL: "house",
    CustomerKind.INTERNAL: "factory",
}


class Kind(IntEnum):
    """What a row of the tree is."""

    SITE = 0
    PLACE = 1
    ASSET = 2
    CUSTOMER = 3
    DRAFT = 4


@dataclass(frozen=True, slots=True)
class Node:
    """A row of the tree; ``is_unfolded`` is None where nothing lies under it."""

    kind: Kind
    id: int
    depth: int
    look: Cell
    is_unfolded: bool | None = None

    @property
    def key(self) -> int:
        """Return a number that no other row has."""
        return _key(self.kind, self.id)


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

    def look_up(self, text: str = "") -> list[TreeSite]:
        """Show the tree, or what of it a text leaves; return the sites."""
        self._text = text
        sites = assets.tree(self.desk.store, text=text, has_archive=self.has_archive)
        first = sites[:_MOST_UNFOLDED] if text else []
        self._found = {_key(Kind.SITE, site.id) for site in first}
        self._found |= {_key(Kind.CUSTOMER, site.customer_id) for site in first}
        self.is_cut = bool(text) and len(sites) > len(first)
        self._nodes = list(self._draft())
        for _customer, own in groupby(sites, key=lambda site: site.customer_id):
            self._nodes += self._of_customer(list(own))
        self.rows.set_ids([node.key for node in self._shown()])
        return sites

    def show_asset(self, asset_id: int, site_id: int, customer_id: int) -> None:
        """Unfold the way to an asset and stand on it."""
        self._unfolded |= {_key(Kind.SITE, site_id), _key(Kind.CUSTOMER, customer_id)}
        self.look_up(self._text)
        self._unfold_way(asset_id)
        self.choose(_key(Kind.ASSET, asset_id))

    def show_first(self, sites: list[TreeSite]) -> None:
        """Unfold the first site that has assets and stand on the first of them."""
        site = next((site for site in sites if site.assets), None)
        if site is not None:
            self._unfolded |= {_key(Kind.SITE, site.id), _key(Kind.CUSTOMER, site.customer_id)}
            self.look_up(self._text)
            self.choose(_key(Kind.ASSET, self.asset_ids[0]))

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
            if each.kind is Kind.PLACE and each.depth < depth:
                names.append(each.look.first)
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
            look = Cell(icon="file-pen", first=words, pill=states.work_order("draft"))
            yield Node(Kind.DRAFT, 1, 0, look)

    def _of_customer(self, sites: list[TreeSite]) -> Iterable[Node]:
        if not sites[0].is_one_of_many:
            yield from self._of_site(sites[0], 0, _site_look(sites[0], sites[0].name))
            return
        node = Node(Kind.CUSTOMER, sites[0].customer_id, 0, _customer_look(sites))
        node = replace(node, is_unfolded=self._is_open(node.key))
        yield node
        if node.is_unfolded:
            for site in sites:
                yield from self._of_site(site, 1, _site_look(site, site.label))

    def _is_open(self, key: int) -> bool:
        return key in self._unfolded or (key in self._found and key not in self._folded)

    def _of_site(self, site: TreeSite, depth: int, look: Cell) -> Iterable[Node]:
        node = Node(Kind.SITE, site.id, depth, look)
        if not site.assets:
            yield node
            return
        node = replace(node, is_unfolded=self._is_open(node.key))
        yield node
        if node.is_unfolded:
            yield from self._inside(site.id, depth + 1)

    def _inside(self, site_id: int, depth: int) -> Iterable[Node]:
        inside = assets.under(
            self.desk.store, site_id, text=self._text, has_archive=self.has_archive
        )
        for each in inside:
            if isinstance(each, TreePlace):
                node = Node(Kind.PLACE, each.id, each.depth + depth, _place_look(each))
                yield replace(node, is_unfolded=node.key not in self._folded)
            else:
                yield Node(Kind.ASSET, each.id, each.depth + depth, _asset_look(each))

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
        self.look_up(self._text)

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
        self.look_up(self._text)


def _key(kind: Kind, record_id: int) -> int:
    return record_id * _KINDS + kind


def _look(node: Node) -> Cell:
    return replace(node.look, depth=node.depth, is_unfolded=node.is_unfolded)


def _customer_look(sites: list[TreeSite]) -> Cell:
    whole = replace(
        sites[0],
        is_critical=any(site.is_critical for site in sites),
        late_work=sum(site.late_work for site in sites),
        open_work=sum(site.open_work for site in sites),
    )
    return _site_look(whole, whole.name)


def _site_look(site: TreeSite, name: str) -> Cell:
    words, tone = "", "text2"
    if site.is_critical:
        words, tone = "L1", "red"
    elif site.late_work:
        words, tone = _n("{n} late", "{n} late", site.late_work), "red"
    elif site.open_work:
        words = _n("{n} open", "{n} open", site.open_work)
    icon, is_whole = _ICONS[site.kind], name == site.name
    return Cell(icon=icon, first=name, is_bold=is_whole, right=words, right_tone=tone)


def _place_look(place: TreePlace) -> Cell:
    return Cell(icon="layers" if place.depth else "building-2", first=place.name)


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
