"""The tables, as numbered and frozen migrations, and the triggers that write history.

A released migration is never edited: later ones are added to `MIGRATIONS`. Each runs in one transaction.
"""

from __future__ import annotations

_FIRST = """
CREATE TABLE op (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL,
  actor TEXT NOT NULL,
  at TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('do', 'undo', 'redo')),
  label TEXT NOT NULL,
  detail TEXT NOT NULL DEFAULT '{}',
  reverts INTEGER REFERENCES op(id),
  reverted_by INTEGER REFERENCES op(id)
);
CREATE INDEX op_live ON op(id) WHERE kind = 'do' AND reverted_by IS NULL;
CREATE TABLE change (
  id INTEGER PRIMARY KEY,
  op_id INTEGER NOT NULL REFERENCES op(id),
  tbl TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  customer_id INTEGER,
  old TEXT,
  new TEXT
);
CREATE INDEX change_op ON change(op_id);
CREATE INDEX change_customer ON change(customer_id);
CREATE TABLE op_now (id INTEGER PRIMARY KEY CHECK (id = 1), op_id INTEGER);
INSERT INTO op_now VALUES (1, NULL);
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE customer (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1,
  name TEXT NOT NULL CHECK (name <> ''),
  company_key TEXT NOT NULL,
  country TEXT NOT NULL DEFAULT '',
  city TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL DEFAULT '',
  industry TEXT NOT NULL DEFAULT '',
  buys TEXT NOT NULL DEFAULT '',
  website TEXT NOT NULL DEFAULT '',
  linkedin TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL DEFAULT '',
  grade TEXT NOT NULL DEFAULT '',
  temperature TEXT NOT NULL,
  stage TEXT NOT NULL,
  language TEXT NOT NULL DEFAULT '',
  zone TEXT NOT NULL DEFAULT '',
  owner TEXT NOT NULL DEFAULT '',
  needs TEXT NOT NULL DEFAULT '',
  remarks TEXT NOT NULL DEFAULT '',
  lost_reason TEXT NOT NULL DEFAULT '',
  paused_until TEXT,
  archived INTEGER NOT NULL DEFAULT 0,
  custom TEXT NOT NULL DEFAULT '{}',
  created_on TEXT NOT NULL
);
CREATE INDEX customer_company_key ON customer(company_key);

CREATE TABLE contact (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  position TEXT NOT NULL DEFAULT '',
  main INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX contact_customer ON contact(customer_id);

CREATE TABLE reach (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
  contact_id INTEGER NOT NULL REFERENCES contact(id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  match_key TEXT NOT NULL
);
CREATE INDEX reach_customer ON reach(customer_id);
CREATE INDEX reach_match_key ON reach(match_key) WHERE match_key <> '';

CREATE TABLE activity (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL,
  customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
  happened_at TEXT NOT NULL,
  channel TEXT NOT NULL,
  note TEXT NOT NULL,
  stage TEXT NOT NULL DEFAULT '',
  outcome TEXT NOT NULL DEFAULT '',
  contact TEXT NOT NULL DEFAULT '',
  author TEXT NOT NULL DEFAULT ''
);
CREATE INDEX activity_customer ON activity(customer_id, happened_at);

CREATE TABLE next_step (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
  due_on TEXT,
  action TEXT NOT NULL DEFAULT '',
  channel TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  author TEXT NOT NULL DEFAULT '',
  status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'done', 'moved'))
);
CREATE UNIQUE INDEX next_step_open ON next_step(customer_id) WHERE status = 'open';

CREATE TABLE tag (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  key TEXT NOT NULL UNIQUE
);
CREATE TABLE customer_tag (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
  tag_id INTEGER NOT NULL REFERENCES tag(id),
  UNIQUE (tag_id, customer_id)
);
CREATE INDEX customer_tag_customer ON customer_tag(customer_id);

CREATE TABLE quote (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL,
  customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
  quoted_on TEXT NOT NULL,
  currency TEXT NOT NULL,
  price INTEGER,
  incoterm TEXT NOT NULL DEFAULT '',
  place TEXT NOT NULL DEFAULT '',
  unit TEXT NOT NULL DEFAULT '',
  moq INTEGER,
  product TEXT NOT NULL DEFAULT '',
  status TEXT NOT NULL DEFAULT 'open'
);
CREATE INDEX quote_customer ON quote(customer_id);

CREATE TABLE sample (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL,
  customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
  specs TEXT NOT NULL DEFAULT '',
  courier TEXT NOT NULL DEFAULT '',
  tracking TEXT NOT NULL DEFAULT '',
  shipped_on TEXT,
  arrived_on TEXT,
  feedback TEXT NOT NULL DEFAULT ''
);
CREATE INDEX sample_customer ON sample(customer_id);

CREATE TABLE imported_row (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
  hash TEXT NOT NULL UNIQUE
);

-- Derived from the tables above, never edited by hand, rebuilt at will: no history.
CREATE TABLE standing (
  customer_id INTEGER PRIMARY KEY REFERENCES customer(id) ON DELETE CASCADE,
  owner TEXT NOT NULL,
  temperature TEXT NOT NULL,
  weight INTEGER NOT NULL,
  due_on TEXT,
  name_key TEXT NOT NULL,
  place TEXT NOT NULL,
  latest_on TEXT,
  by_hand INTEGER NOT NULL,
  estimated INTEGER NOT NULL,
  action TEXT NOT NULL,
  channel TEXT NOT NULL,
  money INTEGER NOT NULL,
  last_contact_on TEXT
);
CREATE INDEX standing_agenda ON standing(owner, temperature, weight, due_on, name_key, place) WHERE due_on IS NOT NULL;
CREATE INDEX standing_last ON standing(last_contact_on);
CREATE INDEX standing_name ON standing(name_key);
CREATE TABLE place (place TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE VIRTUAL TABLE find_customer USING fts5(terms, content='', contentless_delete=1, detail=none,
  tokenize='unicode61 remove_diacritics 2', prefix='1 2 3 4');
CREATE VIRTUAL TABLE find_note USING fts5(terms, content='', contentless_delete=1, detail=none,
  tokenize='unicode61 remove_diacritics 2', prefix='1 2 3 4');
"""

_SECOND = """
CREATE INDEX op_at ON op(at);
CREATE INDEX change_row ON change(tbl, row_id);
ALTER TABLE customer ADD COLUMN competitors TEXT NOT NULL DEFAULT '';
ALTER TABLE customer ADD COLUMN merged_into INTEGER REFERENCES customer(id);
ALTER TABLE contact ADD COLUMN rank TEXT NOT NULL DEFAULT '';
ALTER TABLE contact ADD COLUMN role TEXT NOT NULL DEFAULT '';
ALTER TABLE next_step ADD COLUMN set_on TEXT;
ALTER TABLE tag ADD COLUMN color TEXT NOT NULL DEFAULT '';
ALTER TABLE quote ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE quote ADD COLUMN quantity INTEGER;
ALTER TABLE quote ADD COLUMN valid_until TEXT;
ALTER TABLE quote ADD COLUMN remark TEXT NOT NULL DEFAULT '';
ALTER TABLE sample ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE sample ADD COLUMN number TEXT NOT NULL DEFAULT '';
ALTER TABLE sample ADD COLUMN expected_on TEXT;
ALTER TABLE sample ADD COLUMN status TEXT NOT NULL DEFAULT 'open';

CREATE TABLE invoice (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
  number TEXT NOT NULL DEFAULT '',
  sent_on TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount INTEGER NOT NULL,
  quote_id INTEGER REFERENCES quote(id),
  status TEXT NOT NULL DEFAULT 'open',
  remark TEXT NOT NULL DEFAULT ''
);
CREATE INDEX invoice_customer ON invoice(customer_id);

CREATE TABLE sales_order (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
  number TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL DEFAULT 'regular',
  ordered_on TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount INTEGER NOT NULL,
  deposit INTEGER NOT NULL DEFAULT 0,
  terms TEXT NOT NULL DEFAULT '',
  deposit_due_on TEXT,
  balance_due_on TEXT,
  product TEXT NOT NULL DEFAULT '',
  quantity INTEGER,
  unit TEXT NOT NULL DEFAULT '',
  price INTEGER,
  quote_id INTEGER REFERENCES quote(id),
  invoice_id INTEGER REFERENCES invoice(id),
  status TEXT NOT NULL DEFAULT 'open',
  remark TEXT NOT NULL DEFAULT ''
);
CREATE INDEX sales_order_customer ON sales_order(customer_id);

CREATE TABLE payment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
  paid_on TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount INTEGER NOT NULL,
  kind TEXT NOT NULL DEFAULT '',
  order_id INTEGER REFERENCES sales_order(id),
  invoice_id INTEGER REFERENCES invoice(id),
  remark TEXT NOT NULL DEFAULT ''
);
CREATE INDEX payment_customer ON payment(customer_id);

CREATE TABLE shipment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
  mode TEXT NOT NULL DEFAULT '',
  from_port TEXT NOT NULL DEFAULT '',
  to_port TEXT NOT NULL DEFAULT '',
  departs_on TEXT,
  transit_days INTEGER,
  arrives_on TEXT,
  arrived_on TEXT,
  container TEXT NOT NULL DEFAULT '',
  bill TEXT NOT NULL DEFAULT '',
  order_id INTEGER REFERENCES sales_order(id),
  remark TEXT NOT NULL DEFAULT ''
);
CREATE INDEX shipment_customer ON shipment(customer_id);

CREATE TABLE attachment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL,
  customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  hash TEXT NOT NULL,
  size INTEGER NOT NULL,
  added_on TEXT NOT NULL
);
CREATE INDEX attachment_customer ON attachment(customer_id);

CREATE TABLE custom_field (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  key TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL DEFAULT 'text',
  choices TEXT NOT NULL DEFAULT ''
);

CREATE TABLE exchange_rate (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  currency TEXT NOT NULL,
  own TEXT NOT NULL,
  rate TEXT NOT NULL,
  since TEXT NOT NULL,
  UNIQUE (currency, own, since)
);

ALTER TABLE standing ADD COLUMN cause TEXT NOT NULL DEFAULT '';
ALTER TABLE standing ADD COLUMN cause_on TEXT;
INSERT OR REPLACE INTO meta VALUES ('engine', 'before trade clocks');
"""

_THIRD = """
ALTER TABLE standing ADD COLUMN stage TEXT NOT NULL DEFAULT '';
CREATE INDEX standing_stage ON standing(stage, due_on, name_key);
CREATE TABLE open_money (
  customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
  currency TEXT NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (customer_id, currency)
) WITHOUT ROWID;
INSERT OR REPLACE INTO meta VALUES ('engine', 'before the pipeline');
"""

_FOURTH = """
CREATE INDEX customer_merged ON customer(merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX imported_row_customer ON imported_row(customer_id);
CREATE INDEX reach_contact ON reach(contact_id);
CREATE INDEX invoice_quote ON invoice(quote_id) WHERE quote_id IS NOT NULL;
CREATE INDEX sales_order_quote ON sales_order(quote_id) WHERE quote_id IS NOT NULL;
CREATE INDEX sales_order_invoice ON sales_order(invoice_id) WHERE invoice_id IS NOT NULL;
CREATE INDEX payment_order ON payment(order_id) WHERE order_id IS NOT NULL;
CREATE INDEX payment_invoice ON payment(invoice_id) WHERE invoice_id IS NOT NULL;
CREATE INDEX shipment_order ON shipment(order_id) WHERE order_id IS NOT NULL;
CREATE TABLE open_trade (
  section TEXT NOT NULL,
  day TEXT NOT NULL,
  customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  record_id INTEGER NOT NULL,
  cause TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount INTEGER,
  PRIMARY KEY (section, day, customer_id, kind, record_id, cause)
) WITHOUT ROWID;
CREATE INDEX open_trade_customer ON open_trade(customer_id);
CREATE INDEX open_trade_sum ON open_trade(section, currency, amount);
INSERT OR REPLACE INTO meta VALUES ('engine', 'before the list of open trade');
"""

_FIFTH = """
DROP TABLE find_customer;
DROP TABLE find_note;
CREATE VIRTUAL TABLE find_customer USING fts5(terms, content='', contentless_delete=1, detail=none,
  tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE find_note USING fts5(terms, content='', columnsize=0, detail=none,
  tokenize='unicode61 remove_diacritics 2');
CREATE TABLE note_word (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE sound (sound TEXT NOT NULL, pair TEXT NOT NULL, PRIMARY KEY (sound, pair)) WITHOUT ROWID;
INSERT OR REPLACE INTO meta SELECT 'index', '0' WHERE EXISTS (SELECT 1 FROM customer);
"""

# The live customers by name, for any place in a list of a million; and what a column was taken for at earlier imports.
_SIXTH = """
CREATE INDEX standing_live ON standing(name_key) WHERE stage <> '';
CREATE TABLE column_memory (headers TEXT NOT NULL, header TEXT NOT NULL, field TEXT NOT NULL,
  PRIMARY KEY (headers, header)) WITHOUT ROWID;
"""

# The seal of history (`sealing`): up to the operation noted here there is none. And whose steps these are, for large undos.
_SEVENTH = """
ALTER TABLE op ADD COLUMN chain BLOB;
CREATE TABLE seal (
  op_id INTEGER NOT NULL REFERENCES op(id),
  part INTEGER NOT NULL,
  by_op INTEGER NOT NULL REFERENCES op(id),
  salt BLOB,
  digest BLOB NOT NULL,
  PRIMARY KEY (op_id, part, by_op)
) WITHOUT ROWID;
CREATE INDEX seal_again ON seal(by_op) WHERE by_op <> op_id;
INSERT OR REPLACE INTO meta SELECT 'unsealed', coalesce(max(id), 0) FROM op;
CREATE INDEX next_step_customer ON next_step(customer_id);
INSERT OR REPLACE INTO meta VALUES ('engine', 'before samples that nobody answered about');
"""

MIGRATIONS: tuple[str, ...] = (_FIRST, _SECOND, _THIRD, _FOURTH, _FIFTH, _SIXTH, _SEVENTH)

TRACKED = (
    "customer",
    "contact",
    "reach",
    "activity",
    "next_step",
    "tag",
    "customer_tag",
    "quote",
    "sample",
    "invoice",
    "sales_order",
    "payment",
    "shipment",
    "attachment",
    "custom_field",
    "exchange_rate",
    "imported_row",
)
"""Tables whose every change is history."""


def history_triggers(table: str, columns: list[str]) -> list[str]:
    """The triggers that log each insert, update and delete of `table` into `change`, old and new row as JSON.

    A write while no operation is open finds NULL in `op_now` and fails on `change.op_id NOT NULL`.
    """
    old, new = json_row(columns, "OLD."), json_row(columns, "NEW.")
    owner = "id" if table == "customer" else "customer_id" if "customer_id" in columns else None

    def trigger(event: str, row: str, when: str, before: str, after: str) -> str:
        customer = f"{row}.{owner}" if owner else "NULL"
        return (
            f"CREATE TRIGGER history_{table}_{event} AFTER {event.upper()} ON {table} {when} BEGIN "
            f"INSERT INTO change (op_id, tbl, row_id, customer_id, old, new) "
            f"VALUES ((SELECT op_id FROM op_now), '{table}', {row}.id, {customer}, {before}, {after}); END"
        )

    return [
        trigger("insert", "NEW", "", "NULL", new),
        trigger("update", "NEW", f"WHEN {old} IS NOT {new}", old, new),
        trigger("delete", "OLD", "", old, "NULL"),
    ]


def json_row(columns: list[str], prefix: str = "") -> str:
    """SQL for one row as a JSON object, columns in table order."""
    return "json_object(" + ", ".join(f"'{c}', {prefix}{c}" for c in columns) + ")"
