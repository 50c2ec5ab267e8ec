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
    competitors = TextField(default="")
    merged_into = IntegerField(null=True)
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
    rank = TextField(default="")
    role = TextField(default="")
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
    set_on = DayField(null=True)


class Tag(Row):
    """tag"""

    name = TextField()
    key = TextField()
    color = TextField(default="")


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
    version = IntegerField(default=1)
    quantity = IntegerField(null=True)
    valid_until = DayField(null=True)
    remark = TextField(default="")


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
    version = IntegerField(default=1)
    number = TextField(default="")
    expected_on = DayField(null=True)
    status = TextField(default="open")


class Invoice(Row):
    """invoice"""

    uid = TextField()
    version = IntegerField(default=1)
    customer_id = IntegerField()
    number = TextField(default="")
    sent_on = DayField()
    currency = TextField()
    amount = IntegerField()
    quote_id = IntegerField(null=True)
    status = TextField(default="open")
    remark = TextField(default="")


class Order(Row):
    """sales_order"""

    uid = TextField()
    version = IntegerField(default=1)
    customer_id = IntegerField()
    number = TextField(default="")
    kind = TextField(default="regular")
    ordered_on = DayField()
    currency = TextField()
    amount = IntegerField()
    deposit = IntegerField(default=0)
    terms = TextField(default="")
    deposit_due_on = DayField(null=True)
    balance_due_on = DayField(null=True)
    product = TextField(default="")
    quantity = IntegerField(null=True)
    unit = TextField(default="")
    price = IntegerField(null=True)
    quote_id = IntegerField(null=True)
    invoice_id = IntegerField(null=True)
    status = TextField(default="open")
    remark = TextField(default="")

    class Meta:
        table_name = "sales_order"


class Payment(Row):
    """payment"""

    uid = TextField()
    version = IntegerField(default=1)
    customer_id = IntegerField()
    paid_on = DayField()
    currency = TextField()
    amount = IntegerField()
    kind = TextField(default="")
    order_id = IntegerField(null=True)
    invoice_id = IntegerField(null=True)
    remark = TextField(default="")


class Shipment(Row):
    """shipment"""

    uid = TextField()
    version = IntegerField(default=1)
    customer_id = IntegerField()
    mode = TextField(default="")
    from_port = TextField(default="")
    to_port = TextField(default="")
    departs_on = DayField(null=True)
    transit_days = IntegerField(null=True)
    arrives_on = DayField(null=True)
    arrived_on = DayField(null=True)
    container = TextField(default="")
    bill = TextField(default="")
    order_id = IntegerField(null=True)
    remark = TextField(default="")


class Attachment(Row):
    """attachment"""

    uid = TextField()
    customer_id = IntegerField()
    name = TextField()
    hash = TextField()
    size = IntegerField()
    added_on = DayField()


class CustomField(Row):
    """custom_field"""

    name = TextField()
    key = TextField()
    kind = TextField(default="text")
    choices = TextField(default="")


class ExchangeRate(Row):
    """exchange_rate"""

    currency = TextField()
    own = TextField()
    rate = TextField()
    since = DayField()


class ImportedRow(Row):
    """imported_row"""

    customer_id = IntegerField()
    hash = TextField()
