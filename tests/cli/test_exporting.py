"""`crm export`: a file of the kind its ending names, or a table on the output."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

from .conftest import Crm


def test_a_file_of_everything_or_of_a_search(crm: Crm, add: Callable[..., str], tmp_path: Path) -> None:
    add("Nord GmbH", "--temperature", "hot")
    add("Süd SARL", country="FR")
    file = tmp_path / "out.csv"
    answer = crm("export", str(file))
    assert (answer.code, answer.out) == (0, f"2 customers written to {file}\n")
    again = crm("export", str(file), "t:hot")
    assert again.code == 2
    assert "--force" in again.err
    assert crm("export", str(file), "t:hot", "--force").out.startswith("1 customer ")
    assert crm("export", str(tmp_path / "none.csv"), "t:sample").code == 2
    assert not (tmp_path / "none.csv").exists()


def test_conflicts_are_shown_and_the_book_is_kept_unless_told(
    crm: Crm, add: Callable[..., str], tmp_path: Path
) -> None:
    uid = add("Nord GmbH", "--city", "Hamburg")
    file = tmp_path / "out.csv"
    crm("export", str(file))
    text = file.read_text(encoding="utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["crm-id"].startswith(uid)
    file.write_text(text.replace('"Hamburg"', '"Kiel"'), encoding="utf-8")
    crm("set", uid, "city=Bremen")
    shown = crm("import", str(file), "--yes")
    assert "Nord GmbH, City: sheet “Kiel”, book “Bremen”" in shown.out
    assert crm("show", uid, "--json").json["city"] == "Bremen"
    plan = crm("import", str(file), "--dry-run", "--json").json
    assert plan["customers"][0]["conflicts"] == [{"column": "City", "sheet": "Kiel", "book": "Bremen"}]
    assert crm("import", str(file), "--conflicts", "sheet", "--yes").code == 0
    assert crm("show", uid, "--json").json["city"] == "Kiel"
