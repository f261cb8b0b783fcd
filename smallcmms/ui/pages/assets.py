"""The page of assets: the tree of sites, one asset beside it, its form and its tags."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from smallcmms.domain.errors import NotFound
from smallcmms.services import assets, meters
from smallcmms.store.store import Store
from smallcmms.texts import _, _n, later
from smallcmms.ui.forms.asset import AssetForm, NewAssetForm
from smallcmms.ui.forms.meter import MeterForm
from smallcmms.ui.forms.pane import FormPane
from smallcmms.ui.forms.tags import PrintTags
from smallcmms.ui.kit import (
    Button,
    EmptyState,
    Label,
    LineBox,
    ListAndDetails,
    Panel,
    action,
    block,
    row,
)
from smallcmms.ui.pages.asset_details import AssetDetails
from smallcmms.ui.pages.asset_tree import AssetTree, Kind
from smallcmms.ui.pages.page import Page

_MORE = (
    *("edit", "move_asset", "lock_out", "add_meter", "archive_meter"),
    *("audited", "audit", "archive", "bring_back", "show_archive"),
)
_ON_ONE = (
    *("work_order", "log_reading", "print_tag", "edit", "move_asset", "lock_out", "copy"),
    *("add_meter", "archive_meter", "audited", "archive", "bring_back"),
)


class AssetsPage(Page):
    """Show the assets by site, building and floor; add, edit and tag them."""

    title = later("Assets")
    icon = "boxes"
    keys = (
        ("← →", later("fold, unfold")),
        (later("Type"), later("jump to a name")),
        ("F2", later("edit")),
        ("Ctrl+N", later("new asset here")),
        ("Ctrl+T", later("print tag")),
    )
    tables = (
        *("asset", "asset_class", "warranty", "meter", "reading", "site", "location", "customer"),
        *("work_order", "visit", "labour", "invoice", "sheet_copy", "shop"),
        *("pm_schedule", "pm_schedule_asset", "pm_occurrence"),
    )

    def pieces(self) -> Iterator[None]:
        """Make the page a piece at a time."""
        self._asset_id = self._site_id = 0
        self.right = QStackedWidget()
        whole = ListAndDetails("assets", self._tree_panel(), self.right, widths=(306, 880))
        self.setLayout(row(whole, margins=(18, 14, 18, 12)))
        yield
        yield from self._make_details()
        self.new_form, self.form = NewAssetForm(self.desk), AssetForm(self.desk)
        self.meter_form = MeterForm(self.desk)
        yield
        self.pane = FormPane(self.new_form, self.form, self.meter_form)
        self.pane.closed.connect(self._leave_form)
        self.right.addWidget(self.pane)
        yield
        self.tags = PrintTags(self.desk)
        self.tags.closed.connect(self._leave_form)
        self.right.addWidget(self.tags)

    def _make_details(self) -> Iterator[None]:
        buttons = [
            self.button("work_order", "primary", text=_("Work order")),
            self.button("log_reading"),
            self.button("print_tag"),
            self.button("copy"),
            self.more_button(*_MORE),
        ]
        self.details = AssetDetails(self.desk, buttons)
        self.details.readings.wants_meter.connect(self._edit_meter)
        self.details.about.wants_lock_out.connect(self.lock_out)
        fact, hint = _("No assets yet"), _("Machines, where they stand and their tags.")
        self.empty = Panel(EmptyState("boxes", fact, hint, self.button("new", "primary")))
        yield
        for piece in (self.details, self.empty):
            self.right.addWidget(piece)
        yield

    def _tree_panel(self) -> Panel:
        self.filter = LineBox(hint=_("Filter assets"), icon="filter", size="small")
        self.filter.line.textChanged.connect(self._look)
        self.filter_box = self.filter.line
        self.tree = AssetTree(self.desk)
        self.tree.chose_asset.connect(self._choose)
        self.tree.chose_site.connect(self._choose_site)
        self.tree.chose_draft.connect(self.new)
        self.tree.taken.connect(self._say_taken)
        self.tree.put.connect(self._put)
        self.foot = Label("", "second", is_cut=True)
        self.foot.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head = row(gap=8, margins=(10, 8, 10, 8))
        head.addWidget(self.filter, 1)
        head.addWidget(self.button("new", is_small=True, text=_("New")))
        panel = Panel(block(head, "header"))
        panel.add(self.tree, 1)
        words, on = _("Bring in a list"), self.commands["bring_in"].trigger
        bring = Button("", "icon", icon="upload", is_small=True, says=words, on=on)
        foot = row(self.button("print_tags", is_small=True), margins=(10, 7, 12, 7))
        foot.addWidget(self.foot, 1)
        foot.addWidget(bring)
        panel.add(block(foot, "footer"))
        return panel

    @classmethod
    def rehearse(cls, store: Store) -> Iterator[None]:
        """Ask for the tree, and for an asset."""
        assets.tree(store)
        yield
        for each in assets.find(store)[:1]:
            yield from AssetDetails.rehearse(store, each)

    def refresh(self) -> None:
        """Look tree and page up again."""
        chosen = self._asset_id
        self._look()
        if not chosen:
            return
        try:
            page = assets.get(self.desk.store, self._asset_id)
        except NotFound:
            self._forget()
            return
        if self.right.currentWidget() is self.details:
            self.details.show_asset(self._asset_id)
            self._enable()
        elif self.right.currentWidget() is self.pane and self.pane.holds(self.form):
            self.form.show_asset(page)

    def _forget(self) -> None:
        """Leave an asset that undo took back."""
        self._asset_id = 0
        if not (self.right.currentWidget() is self.pane and self.pane.holds(self.new_form)):
            self.right.setCurrentWidget(self.empty)
            self._look()

    def shown(self) -> None:
        """Catch up, and give the keys to the tree."""
        super().shown()
        if self.right.currentWidget() in (self.details, self.empty):
            self.tree.setFocus()

    def go_to(self, record_id: int) -> None:
        """Show an asset."""
        page = assets.get(self.desk.store, record_id)
        if page.archived_on is not None and not self.tree.has_archive:
            self._turn_archive()
        self.filter.set_value("")
        self.tree.show_asset(record_id, page.row.site_id, page.row.customer_id)
        self._choose(record_id)
        self.tree.setFocus()

    def current_id(self) -> int:
        """Return the asset that is shown."""
        return self._asset_id

    def begin(self, what: str, **facts: object) -> None:
        """Begin a new asset at a site."""
        if what == "asset":
            site_id = facts.get("site_id")
            self._begin_new(site_id if isinstance(site_id, int) else self._site_id)

    def about(self) -> dict[str, object]:
        """Return the open asset, its site and its customer."""
        if not self._asset_id:
            return {}
        asset = assets.get(self.desk.store, self._asset_id).row
        return {
            "customer_id": asset.customer_id,
            "site_id": asset.site_id,
            "location_id": asset.location_id,
            "asset_id": asset.id,
        }

    def leave(self) -> bool:
        """Leave the form or the tags, or clear the filter."""
        if self.right.currentWidget() is self.pane:
            self.pane.close_form()
            return True
        if self.right.currentWidget() is self.tags:
            self.tags.close_form()
            return True
        return super().leave()

    @action(later("New work order on this asset"), icon="plus")
    def work_order(self) -> None:
        """Begin a work order with this asset filled in."""
        self.desk.front.begin("work_orders", "work_order", **self.about())

    @action(later("New asset"), shortcut="Ctrl+N", icon="plus")
    def new(self) -> None:
        """Begin an asset where the person stands in the tree."""
        self._begin_new(self._site_id)

    @action(later("Edit"), shortcut="F2", icon="file-pen")
    def edit(self) -> None:
        """Edit the asset that is shown."""
        page = assets.get(self.desk.store, self._asset_id)
        self.form.show_asset(page)
        self.right.setCurrentWidget(self.pane)
        self.pane.show_edit(self.form, page.row.label)

    @action(later("Move to another place"), shortcut="Ctrl+M", icon="map-pin")
    def move_asset(self) -> None:
        """Say where the asset stands now."""
        self.edit()
        self.form.where.place.setFocus()
        self.form.where.place.line.selectAll()

    @action(later("Edit the lock-out"), icon="lock-keyhole")
    def lock_out(self) -> None:
        """Write down how the asset is locked out."""
        self.edit()
        self.form.energies.setFocus()

    @action(later("Log reading"), icon="gauge")
    def log_reading(self) -> None:
        """Write down what a meter of the asset shows."""
        if self.details.page is not None and self.details.page.meters:
            self.details.readings.begin_log()
        else:
            self.add_meter()

    @action(later("Add a meter"), icon="plus", has_line=True)
    def add_meter(self) -> None:
        """Put a meter on the asset, so that its readings can be logged."""
        self.meter_form.begin(self._asset_id)
        self.right.setCurrentWidget(self.pane)
        self.pane.show_new(self.meter_form, _("New meter"), _("Add meter"), self._make_meter)

    @action(later("Put this meter away"))
    def archive_meter(self) -> None:
        """Put the meter away whose readings are shown; they are kept."""
        meter = self.details.readings.meter
        if meter is not None:
            meters.archive(self.desk.store, meter.id)
            self.toast(_("Put {name} away", name=meter.name))

    @action(later("It is audited"), icon="check")
    def audited(self) -> None:
        """Say that somebody looked at an asset that was made in a call or an import."""
        assets.edit(self.desk.store, self._asset_id, is_stub=False, missing_on=None)
        self.toast(_("Audited {name}", name=self._name()))

    @action(later("Print tag"), shortcut="Ctrl+T", icon="printer")
    def print_tag(self) -> None:
        """Print the tag of the asset that is shown."""
        self._print([self._asset_id])

    @action(later("Print tags"), icon="printer")
    def print_tags(self) -> None:
        """Print the tags of all assets that the tree shows, or of all there are."""
        shown = [] if self.tree.is_cut else self.tree.asset_ids
        self._print(shown or list(assets.find(self.desk.store, text=self.filter.text)))

    @action(later("Bring in a list of assets"), icon="upload")
    def bring_in(self) -> None:
        """Bring in assets from a file."""
        self.desk.front.begin("imports", "import", kind="assets")

    @action(later("Copy"), icon="copy")
    def copy(self) -> None:
        """Begin another asset of the same kind at the same place."""
        self._show_new()
        self.new_form.copy(assets.get(self.desk.store, self._asset_id))

    @action(later("Audit this site"), icon="footprints")
    def audit(self) -> None:
        """Walk the site that the person stands on."""
        self.desk.front.begin("audits", "asset_audit", site_id=self._site_id)

    @action(later("Archive this asset"), icon="package", has_line=True)
    def archive(self) -> None:
        """Put the asset away."""
        assets.archive(self.desk.store, self._asset_id)
        self.toast(_("Archived {name}", name=self._name()))

    @action(later("Bring this asset back"), icon="package-open")
    def bring_back(self) -> None:
        """Take the asset out of the archive."""
        assets.restore(self.desk.store, self._asset_id)
        self.toast(_("{name} is back", name=self._name()))

    @action(later("Show archived assets"), menu="view")
    def show_archive(self) -> None:
        """Show in the tree what was put away, or leave it out again."""
        self._turn_archive()
        self._look()

    def _turn_archive(self) -> None:
        self.tree.has_archive = not self.tree.has_archive
        words = _("Show archived assets"), _("Leave archived assets out")
        self.commands["show_archive"].setText(words[self.tree.has_archive])

    def _name(self) -> str:
        return assets.get(self.desk.store, self._asset_id).row.label

    def _make_meter(self) -> None:
        self.meter_form.make()
        self.pane.close_form()
        self.details.readings.begin_log()

    def _edit_meter(self, meter_id: int) -> None:
        meter = meters.get(self.desk.store, meter_id)
        self.meter_form.show_meter(meter)
        self.right.setCurrentWidget(self.pane)
        self.pane.show_edit(self.meter_form, meter.name)

    def _look(self) -> None:
        text = self.filter.text
        is_free = self.right.currentWidget() in (self.details, self.empty) and not self._asset_id
        sites = self.tree.look_up(text, stands_on_first=is_free)
        found = assets.find(self.desk.store, text=text) if text else ()
        count = len(found) if text else sum(site.assets for site in sites)
        words = _n("{n} asset", "{n} assets", count), _n("{n} site", "{n} sites", len(sites))
        self.foot.setText(", ".join(words))
        self.commands["print_tags"].setEnabled(bool(count))
        if is_free and not count:
            self._show_details()

    def _choose(self, asset_id: int) -> None:
        self._asset_id = asset_id
        self._site_id = assets.get(self.desk.store, asset_id).row.site_id
        self._show_details()

    def _say_taken(self, _asset_id: int) -> None:
        self.desk.front.note(_("Go to its new place and press Ctrl V"))

    def _put(self, asset_id: int, site_id: int, place: str) -> None:
        assets.move(self.desk.store, asset_id, site_id=site_id, place=place)
        self.go_to(asset_id)
        self.toast(_("Moved {name}", name=self._name()))

    def _choose_site(self, site_id: int) -> None:
        self._site_id = site_id

    def _show_details(self) -> None:
        if self._asset_id:
            self.details.show_asset(self._asset_id)
        self.right.setCurrentWidget(self.details if self._asset_id else self.empty)
        self._enable()

    def _enable(self) -> None:
        page = self.details.page if self._asset_id else None
        is_here = page is not None and page.archived_on is None
        can = dict.fromkeys(_ON_ONE, page is not None)
        can |= {"archive": is_here, "work_order": is_here}
        can |= {"bring_back": page is not None and page.archived_on is not None}
        is_open = page is not None and (page.row.is_stub or page.missing_on is not None)
        can |= {"audited": is_open}
        can |= {"archive_meter": page is not None and bool(page.meters)}
        for name, is_possible in can.items():
            self.commands[name].setEnabled(is_possible)
        for name in ("bring_back", "audited", "archive_meter"):
            self.commands[name].setVisible(can[name])

    def _leave_form(self) -> None:
        self._look()
        self._show_details()
        self.tree.setFocus()

    def _begin_new(self, site_id: int) -> None:
        node = self.tree.chosen_node
        place = self.tree.place_of_node(node) if node and node.kind is not Kind.SITE else ""
        self._show_new()
        self.new_form.begin(site_id=site_id, place=place if site_id == self._site_id else "")

    def _show_new(self) -> None:
        self.right.setCurrentWidget(self.pane)
        hint = _("Esc leaves; what is typed is kept as a draft.")
        self.pane.show_new(self.new_form, _("New asset"), _("Add asset"), self._make_asset, hint)

    def _make_asset(self) -> None:
        self._asset_id = self.new_form.make()
        page = assets.get(self.desk.store, self._asset_id)
        self.pane.close_form()
        self.tree.show_asset(self._asset_id, page.row.site_id, page.row.customer_id)
        self.toast(_("Added {number} {name}", number=page.row.number, name=page.row.label))

    def _print(self, asset_ids: list[int]) -> None:
        self.tags.show_tags(asset_ids)
        self.right.setCurrentWidget(self.tags)
