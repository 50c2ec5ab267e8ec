"""crm settings: listed with what they do, set one at a time, refused with what fits."""

from pathlib import Path

from .conftest import Crm


def test_settings_are_listed_set_and_put_back(crm: Crm, home: Path) -> None:
    (home / "settings.toml").write_text("# mine\nfuture = 1\n", encoding="utf-8")
    set_one = crm("settings", "weights.promise", "3,5")
    assert (set_one.code, set_one.out) == (0, "weights.promise = 3.5 pt\n")
    assert "there is no setting future in this version" in set_one.err
    one = crm("settings", "weights.promise", "--json").json
    assert [(each["value"], each["default"], each["changed"]) for each in one] == [(3.5, 2.0, True)]
    assert "by hand" in one[0]["meaning"]
    assert "•  weights.promise" in crm("settings", "weights").out
    assert crm("settings", "encryption.lock_minutes", "-1").code == 0
    assert crm("settings", "stages", "new", "quoted").out == "stages = new · quoted\n"
    assert crm("settings", "weights.promise", "--default").out == "weights.promise = 2 pt\n"
    assert crm("settings", "stages", "--default").code == 0
    assert (home / "settings.toml").read_text(encoding="utf-8") == "# mine\nfuture = 1\n"


def test_what_does_not_fit_is_refused_and_nothing_written(crm: Crm, home: Path) -> None:
    for words, said in (
        (("capacity", "0"), "a whole number from 1 to 1000"),
        (("theme", "pink"), "There is no theme pink. Use one of: ansi"),
        (("wait.quote", "3"), "Did you mean waits?"),
        (("wait.quote",), "Did you mean waits?"),
        (("weights", "3"), "a table of settings"),
        (("views.x.line", "t:hot"), "list of views"),
    ):
        answer = crm("settings", *words)
        assert (answer.code, answer.out) == (2, "")
        assert said in answer.err
    assert not (home / "settings.toml").exists()
