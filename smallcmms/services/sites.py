"""Sites: the addresses where work is done, the places in them, and how to get in."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session

from smallcmms.domain.errors import NotFound
from smallcmms.models import Asset, Contact, Customer, Location, Request, Site
from smallcmms.services.steps import customers as steps
from smallcmms.services.steps import edits, events, places, shops
from smallcmms.services.steps.customers import NewSite
from smallcmms.store.store import Store, about

EDITABLE = (
    "name", "address", "city", "zone", "access_notes", "access_code", "hazards", "latitude",
    "longitude",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SiteRow:
    """What a list shows of a site; its access code stays where it is."""

    id: int
    name: str
    address: str
    city: str
    zone: str
    access_notes: str
    hazards: str
    has_code: bool
    asset_count: int
    customer: str
    latitude: str
    longitude: str

    @property
    def label(self) -> str:
        """Return what people call it: its name, else its address."""
        return self.name or self.address


@dataclass(frozen=True, slots=True)
class LocationRow:
    """A place in a site, and how deep it lies: 0 is a building."""

    id: int
    parent_id: int | None
    name: str
    path: str
    depth: int


_ASSETS = (
    select(func.count())
    .where(Asset.site_id == Site.id, Asset.archived_on.is_(None))
    .correlate(Site)
    .scalar_subquery()
)
_ROWS = select(
    Site.id,
    Site.name,
    Site.address,
    Site.city,
    Site.zone,
    Site.access_notes,
    Site.hazards,
    (Site.access_code != "").label("has_code"),
    _ASSETS.label("asset_count"),
    Customer.name.label("customer"),
    Site.latitude,
    Site.longitude,
).join(Customer, Customer.id == Site.customer_id)
_OF_CUSTOMER = _ROWS.where(
    Site.customer_id == bindparam("customer"), Site.archived_on.is_(None)
).order_by(Site.id)
_ONE = _ROWS.where(Site.id == bindparam("site"))
_FIND = (
    select(Site.id, func.iif(Site.name != "", Site.name, Site.address), Customer.name)
    .join(Customer, Customer.id == Site.customer_id)
    .where(Site.archived_on.is_(None), Customer.archived_on.is_(None))
    .order_by(func.lower(Customer.name), Site.id)
)
_PLACES = (
    select(Location.id, Location.parent_id, Location.name, Location.path)
    .where(Location.site_id == bindparam("site"), Location.archived_on.is_(None))
    .order_by(Location.path)
)


def sites(store: Store, customer_id: int) -> list[SiteRow]:
    """Return the sites of a customer, the oldest first."""
    with store.read() as session:
        return [SiteRow(*row) for row in session.execute(_OF_CUSTOMER, {"customer": customer_id})]


def site(store: Store, site_id: int) -> SiteRow:
    """Return one site.

    Raises:
        NotFound: there is no such site.
    """
    with store.read() as session:
        row = session.execute(_ONE, {"site": site_id}).one_or_none()
    if row is None:
        raise NotFound("There is no such site.")
    return SiteRow(*row)


@dataclass(frozen=True, slots=True)
class SiteFound:
    """A site that fits what was typed, and whose it is."""

    id: int
    label: str
    customer: str


def find(store: Store, text: str, *, limit: int = 8) -> list[SiteFound]:
    """Return the sites whose customer, name or address hold every word typed."""
    query = _FIND
    for word in text.split():
        told = (Customer.name, Site.name, Site.address, Site.city)
        query = query.where(or_(*(column.contains(word, autoescape=True) for column in told)))
    with store.read() as session:
        return [SiteFound(*row) for row in session.execute(query.limit(limit))]


def usual(store: Store, customer_id: int, *, contact_id: int | None = None) -> int | None:
    """Return where a caller most likely wants something: their own site, the only, the last one."""
    kept = select(Site.id).where(Site.customer_id == customer_id, Site.archived_on.is_(None))
    own = select(Contact.site_id).where(Contact.id == contact_id, Contact.site_id.in_(kept))
    last = (
        select(Request.site_id)
        .where(Request.customer_id == customer_id, Request.site_id.in_(kept))
        .order_by(Request.received_at.desc(), Request.id.desc())
    )
    with store.read() as session:
        for query in (own, last, kept.order_by(Site.id)):
            if found := session.scalars(query.limit(1)).first():
                return found
    return None


def locations(store: Store, site_id: int) -> list[LocationRow]:
    """Return the places in a site, parents before children, each level by name."""
    with store.read() as session:
        found = session.execute(_PLACES, {"site": site_id}).all()
    return [LocationRow(*row, row.path.count(places.BETWEEN)) for row in found]


def add_site(store: Store, customer_id: int, *, address: str, **told: str) -> int:
    """Add a service address to a customer and return its id; ``told`` are a NewSite's fields.

    Raises:
        RuleBroken: the address is blank.
    """
    new = NewSite(address=address, **told)
    at = store.now()
    with store.change("Add site {address}", address=address) as session:
        number = session.get_one(Customer, customer_id).number
        made = steps.make_site(session, at, customer_id, new)
        about(session, "customer", customer_id, number=number)
        return made.id


def edit_site(store: Store, site_id: int, **fields: str) -> None:
    """Change fields of a site: one change, one undo step.

    Raises:
        RuleBroken: the address would be blank.
    """
    if "address" in fields:
        edits.need(fields["address"], "A site needs an address.", "address")
    at = store.now()
    with store.change("Edit {number}") as session:
        row, customer = _with_customer(session, site_id)
        edits.change(session, at, row, fields, allowed=EDITABLE, about=("customer", customer.id))
        about(session, "customer", customer.id, number=customer.number)


def archive_site(store: Store, site_id: int) -> None:
    """Put a site away; what refers to it keeps it."""
    at = store.now()
    with store.change("Archive {address}") as session:
        row, customer = _with_customer(session, site_id)
        row.archived_on = shops.current(session).day(at)
        events.note(session, at, "customer", customer.id, "site_archived", address=row.address)
        about(session, "customer", customer.id, number=customer.number, address=row.address)


def restore_site(store: Store, site_id: int) -> None:
    """Bring a site back."""
    at = store.now()
    with store.change("Restore {address}") as session:
        row, customer = _with_customer(session, site_id)
        row.archived_on = None
        events.note(session, at, "customer", customer.id, "site_restored", address=row.address)
        about(session, "customer", customer.id, number=customer.number, address=row.address)


def archived(store: Store, customer_id: int) -> list[SiteRow]:
    """Return the sites of a customer that were put away."""
    query = _ROWS.where(Site.customer_id == customer_id, Site.archived_on.is_not(None))
    with store.read() as session:
        return [SiteRow(*row) for row in session.execute(query.order_by(Site.id))]


def count(store: Store) -> int:
    """Return how many sites the customers of the shop have."""
    query = (
        select(func.count(Site.id))
        .join(Customer, Customer.id == Site.customer_id)
        .where(Site.archived_on.is_(None), Customer.archived_on.is_(None))
    )
    with store.read() as session:
        return session.scalars(query).one()


def show_code(store: Store, site_id: int) -> str:
    """Return the access code of a site, and write down that it was shown."""
    at = store.now()
    with store.change("Show the code of {address}") as session:
        row, customer = _with_customer(session, site_id)
        events.note(session, at, "customer", customer.id, "code_shown", address=row.address)
        about(session, "customer", customer.id, number=customer.number, address=row.address)
        return row.access_code


def add_location(store: Store, site_id: int, *, path: str) -> int:
    """Add a place ("Building A › Basement") to a site, with the places it lies in.

    A place that is there already is returned as it is.

    Raises:
        RuleBroken: the path names nothing.
    """
    at = store.now()
    with store.change("Add {path}", path=path) as session:
        _, customer = _with_customer(session, site_id)
        place = places.make_path(session, site_id, path)
        events.note(session, at, "site", site_id, "location_added", path=place.path)
        about(session, "customer", customer.id, number=customer.number)
        return place.id


def rename_location(store: Store, location_id: int, *, name: str) -> None:
    """Give a place another name; the paths below it follow.

    Raises:
        RuleBroken: the name is blank.
    """
    edits.need(name, "A place needs a name.", "location")
    at = store.now()
    with store.change("Rename {was}") as session:
        place = session.get_one(Location, location_id)
        was, place.name = place.name, " ".join(name.split())
        places.move(session, place)
        places.need_alone(session, place)
        events.note(session, at, "site", place.site_id, "location_renamed", was=was, now=place.name)
        about(session, "site", place.site_id, was=was)


def _with_customer(session: Session, site_id: int) -> tuple[Site, Customer]:
    row = session.get_one(Site, site_id)
    return row, session.get_one(Customer, row.customer_id)
