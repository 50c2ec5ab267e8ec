"""Saved views on the command line."""

from collections.abc import Callable
from pathlib import Path

from .conftest import Crm

Add = Callable[..., str]


def test_views_are_listed_with_what_they_find_and_narrow_a_search(crm: Crm, add: Add, home: Path) -> None:
    (home / "settings.toml").write_text('[views."Hot ones"]\nline = "t:hot"\nkey = "6"\n', encoding="utf-8")
    add("Acme", "--temperature", "hot")
    add("Nordic", "--temperature", "hot", country="DK")
    add("Kaltmann", "--temperature", "cold")
    listed = {view["name"]: view for view in crm("views", "--json").json}
    assert listed["Hot ones"] == {
        "id": "Hot ones", "name": "Hot ones", "line": "t:hot", "key": "6", "own": True, "count": 2, "exact": True
    }  # fmt: skip
    assert listed["No next step"]["own"] is False
    assert "t:hot" in crm("views").out
    assert {row["name"] for row in crm("find", "--view", "hot ones", "--json").json} == {"Acme", "Nordic"}
    assert [row["name"] for row in crm("find", "--view", "Hot ones", "c:DK", "--json").json] == ["Nordic"]
    refused = crm("find", "--view", "Hot one")
    assert (refused.code, "Did you mean Hot ones?" in refused.err) == (2, True)
