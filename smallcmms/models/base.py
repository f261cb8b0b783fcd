"""What every table shares: the naming of constraints and the types of columns."""

from __future__ import annotations

import enum
from datetime import UTC, date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator

from smallcmms.domain.errors import RuleBroken

Json = dict[str, Any] | list[Any]


class _Scaled(TypeDecorator[Decimal]):
    """A decimal kept as a whole number of its smallest steps; a finer value is refused."""

    impl = sa.Integer
    places: ClassVar[int]

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Return the whole number that is kept."""
        if value is None:
            return None
        if not isinstance(value, Decimal):
            raise TypeError(f"{value!r} is no Decimal")
        scaled = value.scaleb(self.places)
        whole = scaled.to_integral_value(ROUND_HALF_UP)
        if whole != scaled:
            message = "{number} has more than {places} decimals."
            raise RuleBroken(message, number=value, places=self.places)
        return int(whole)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        """Return the decimal that was meant."""
        return None if value is None else Decimal(value).scaleb(-self.places)


class QuantityType(_Scaled):
    """A quantity in thousandths."""

    places = 3
    cache_ok = True


class UnitPriceType(_Scaled):
    """A price or cost of one unit in ten-thousandths of the currency's unit."""

    places = 4
    cache_ok = True


class PercentType(_Scaled):
    """A percentage in thousandths of a percent."""

    places = 3
    cache_ok = True


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC, kept as text that sorts (2026-07-13 11:10:00.000000)."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the moment without its zone; one that has none is refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the moment with its zone."""
        return None if value is None else value.replace(tzinfo=UTC)


Key = Annotated[int, mapped_column(primary_key=True)]
Money = Annotated[int, mapped_column(sa.Integer)]
"""An amount in the currency's minor units: the shop's currency says how many make one."""
Quantity = Annotated[Decimal, mapped_column(QuantityType)]
UnitPrice = Annotated[Decimal, mapped_column(UnitPriceType)]
Percent = Annotated[Decimal, mapped_column(PercentType)]
Moment = Annotated[datetime, mapped_column(UtcDateTime)]


class Base(DeclarativeBase):
    """The base of every table."""

    metadata = sa.MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        date: sa.Date,
        time: sa.Time,
        dict[str, Any]: sa.JSON,
        list[str]: sa.JSON,
        list[Any]: sa.JSON,
        enum.StrEnum: sa.Enum(
            enum.StrEnum,
            native_enum=False,
            create_constraint=False,
            values_callable=lambda kind: [member.value for member in kind],
            length=24,
        ),
    }


def table(*constraints: sa.schema.SchemaItem, **info: object) -> tuple[Any, ...]:
    """Return the arguments of a table: no key is used twice, and what the store must know.

    ``undoable=False``: changes are no part of an undo step. ``dumped=False``: left out of the
    logical dump. ``frozen``: an SQL condition on OLD under which a row can no longer change.
    """
    return (*constraints, {"sqlite_autoincrement": True, "info": info})
