"""The tables as peewee models. Column types map one to one onto the frozen DDL in `schema`.

Models are bound to no database: a query says where it runs, `Customer.select().execute(db)`, so two books can be open at once.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from peewee import AutoField, Field, IntegerField, Model, SqliteDatabase, TextField

from .book import instant, instant_text


class DayField(Field):
    """A date as ISO text."""

    field_type = "TEXT"

    def db_value(self, value: date | str | None) -> str | None:
        """ISO text, or None."""
        return value.isoformat() if isinstance(value, date) else value

    def python_value(self, value: str | None) -> date | None:
        """The date."""
        return date.fromisoformat(value) if value else None


class InstantField(Field):
    """An instant as UTC text of fixed width, so that text order is time order."""

    field_type = "TEXT"

    def db_value(self, value: datetime | str) -> str:
        """UTC ISO text."""
        return instant_text(value) if isinstance(value, datetime) else value

    def python_value(self, value: str) -> datetime:
        """An aware UTC datetime."""
        return instant(value)


class JsonField(Field):
    """A flat object as JSON text."""

    field_type = "TEXT"

    def db_value(self, value: Any) -> str:
        """JSON text."""
        return value if isinstance(value, str) else json.dumps(dict(value), ensure_ascii=False)

    def python_value(self, value: str) -> dict[str, str]:
        """The object."""
        return dict(json.loads(value))


class _Over(SqliteDatabase):
    """A peewee database over a connection that somebody else opens and closes."""

    def __init__(self, connection: Any) -> None:
        super().__init__(":given:")
        self._given = connection

    def _connect(self) -> Any:
        return self._given


def over(connection: Any) -> SqliteDatabase:
    """peewee on an open connection."""
    return _Over(connection)


class Row(Model):
    """What every table of ours has."""

    id = AutoField()

    class Meta:
        legacy_table_names = False


class Customer(Row):
    """customer"""

    uid = TextField()
    version = IntegerField(default=1)
    name = TextField()
    company_key = TextField()
    country = TextField(default="")
    city = TextField(default="")
    kind = TextField(default="")
    industry = TextField(default="")
    buys = TextField(default="")
    website = TextField(default="")
    linkedin = TextField(default="")
    source = TextField(default="")
    grade = TextField(default="")
    temperature = TextField()
    stage = TextField()
    language = TextField(default="")
    zone = TextField(default="")
    owner = TextField(default="")
    needs = TextField(default="")
    remarks = TextField(default="")
    lost_reason = TextField(default="")
    paused_until = DayField(null=True)
    archived = IntegerField(default=0)
    custom = JsonField(default=dict)
    created_on = DayField()


class Contact(Row):
    """contact"""

    uid = TextField()
    version = IntegerField(default=1)
    customer_id = IntegerField()
    name = TextField()
    position = TextField(default="")
    main = IntegerField(default=0)


class Reach(Row):
    """reach"""

    customer_id = IntegerField()
    contact_id = IntegerField()
    kind = TextField()
    value = TextField()
    match_key = TextField()


class Activity(Row):
    """activity"""

    uid = TextField()
    customer_id = IntegerField()
    happened_at = InstantField()
    channel = TextField()
    note = TextField()
    stage = TextField(default="")
    outcome = TextField(default="")
    contact = TextField(default="")
    author = TextField(default="")


class NextStep(Row):
    """next_step"""

    customer_id = IntegerField()
    due_on = DayField(null=True)
    action = TextField(default="")
    channel = TextField(default="")
    reason = TextField(default="")
    author = TextField(default="")
    status = TextField(default="open")


class Tag(Row):
    """tag"""

    name = TextField()
    key = TextField()


class CustomerTag(Row):
    """customer_tag"""

    customer_id = IntegerField()
    tag_id = IntegerField()


class Quote(Row):
    """quote"""

    uid = TextField()
    customer_id = IntegerField()
    quoted_on = DayField()
    currency = TextField()
    price = IntegerField(null=True)
    incoterm = TextField(default="")
    place = TextField(default="")
    unit = TextField(default="")
    moq = IntegerField(null=True)
    product = TextField(default="")
    status = TextField(default="open")


class Sample(Row):
    """sample"""

    uid = TextField()
    customer_id = IntegerField()
    specs = TextField(default="")
    courier = TextField(default="")
    tracking = TextField(default="")
    shipped_on = DayField(null=True)
    arrived_on = DayField(null=True)
    feedback = TextField(default="")


class ImportedRow(Row):
    """imported_row"""

    customer_id = IntegerField()
    hash = TextField()
