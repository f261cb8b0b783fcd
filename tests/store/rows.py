"""Rows that the tests of the store write, without the rules of the trade."""

from __future__ import annotations

from smallcmms.models import Customer, NumberSeries
from smallcmms.store.store import Store, about


def add_customer(store: Store, name: str = "Harbor View Apartments") -> int:
    with store.change("Add {name}") as session:
        customer = Customer(number=f"C{name.encode().hex()}", name=name)
        session.add(customer)
        session.flush()
        about(session, "customer", customer.id, name=name)
        return customer.id


def rename(store: Store, customer_id: int, name: str) -> None:
    with store.change("Rename to {name}", name=name) as session:
        session.get_one(Customer, customer_id).name = name


def names(store: Store) -> list[str]:
    with store.read() as session:
        return [customer.name for customer in session.query(Customer).order_by(Customer.id)]


def begin_series(store: Store, kind: str, following: int) -> None:
    with store.keep() as session:
        session.add(NumberSeries(kind=kind, prefix="INV-", next=following))
