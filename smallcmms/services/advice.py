"""Advice: what the desk is told at every word of a caller, in one question."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from smallcmms.domain.levels import Level
from smallcmms.models import Asset
from smallcmms.services import callers, intake, sites
from smallcmms.services.callers import CallerRow
from smallcmms.services.intake import Duplicate, Guess, Standing, Suggested
from smallcmms.services.sites import LocationRow, SiteRow
from smallcmms.services.steps import problems
from smallcmms.store.store import Store

GUESSES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What is known of a call so far; ``asset_id`` counts once somebody picked it, or nothing."""

    words: str = ""
    site_id: int | None = None
    asset_id: int | None = None
    is_picked: bool = False
    facts: Collection[str] = ()
    level: Level | None = None
    received_at: datetime | None = None
    different: Collection[int] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What a call seems to be about, the likeliest asset first, and how bad it is.

    ``problem_codes`` are those of the asset's class; none, every problem fits.
    """

    guesses: tuple[Guess, ...]
    asset_id: int | None
    standing: Standing | None
    duplicate: Duplicate | None
    suggested: Suggested
    problem_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A caller who is known, the customer's sites, and where it most likely is."""

    caller: CallerRow
    sites: tuple[SiteRow, ...]
    site_id: int | None


def on(store: Store, call: Call) -> Advice:
    """Return what to tell about a call.

    The first guess is taken for the asset when the caller's words name it, until somebody picks
    another, or none. ``different`` are the work orders that it was said not to be.

    Raises:
        RuleBroken: the shop's rules fit no routine call.
    """
    with store.read() as session:
        guesses = _guesses(store, call)
        asset_id = call.asset_id
        if not call.is_picked:
            asset_id = guesses[0].asset_id if guesses and guesses[0].is_named else None
        return Advice(
            guesses=guesses,
            asset_id=asset_id,
            standing=intake.standing(store, asset_id) if asset_id else None,
            duplicate=_duplicate(store, call, asset_id),
            suggested=intake.suggest(
                store,
                facts=call.facts,
                asset_id=asset_id,
                received_at=call.received_at,
                level=call.level,
            ),
            problem_codes=problems.of_asset(session, asset_id),
        )


def known(store: Store, customer_id: int, *, contact_id: int | None = None) -> Known:
    """Return what is known of a caller.

    Raises:
        NotFound: there is no such customer or person.
    """
    with store.read():
        return Known(
            callers.one(store, customer_id, contact_id=contact_id),
            tuple(sites.sites(store, customer_id)),
            sites.usual(store, customer_id, contact_id=contact_id),
        )


def places(store: Store, site_id: int | None) -> list[LocationRow]:
    """Return the places in a site, none where no site is known."""
    return sites.locations(store, site_id) if site_id else []


def _guesses(store: Store, call: Call) -> tuple[Guess, ...]:
    found: list[Guess] = []
    if call.site_id is not None:
        found = intake.guesses(store, site_id=call.site_id, words=call.words, limit=GUESSES)
    picked = call.asset_id if call.is_picked else None
    if picked is None or any(guess.asset_id == picked for guess in found):
        return tuple(found)
    return (_as_guess(store, picked), *found[: GUESSES - 1])


def _as_guess(store: Store, asset_id: int) -> Guess:
    with store.read() as session:
        asset = session.get_one(Asset, asset_id)
        open_numbers = intake.standing(store, asset_id).open_numbers
        return Guess(
            asset_id=asset.id,
            number=asset.number,
            short_code=asset.short_code,
            name=asset.name,
            location_id=asset.location_id,
            open_number=next(iter(open_numbers), ""),
            is_named=True,
        )


def _duplicate(store: Store, call: Call, asset_id: int | None) -> Duplicate | None:
    if call.site_id is None or not call.words.strip():
        return None
    same = intake.duplicates(store, site_id=call.site_id, asset_id=asset_id, words=call.words)
    return next((each for each in same if each.work_order_id not in call.different), None)
