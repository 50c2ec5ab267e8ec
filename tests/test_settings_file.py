"""settings.toml as users leave it: what they wrote by hand survives, whoever saves; and what the settings are called."""

from __future__ import annotations

import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests import settings_doc
from tests.screen import in_chinese
from tui_crm.config import Settings, load_settings, put, read_settings, typed
from tui_crm.domain.messages import Problem
from tui_crm.settings_file import save_changes
from tui_crm.settings_rules import leaves
from tui_crm.settings_table import entries, shown, value_of, words_of

BY_HAND = """\
# mine, do not touch
name = "王五"   # on the quotes
newer = 3

[weights]      # heavier
# half of it
lateness = 7.5

[weights.temperature]
# nothing here yet

[future]
x = [1, 2]  # of a newer version

[views."a.b"]
line = "t:hot"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def known(file: Path) -> Settings:
    """The settings, whatever else stands in the file."""
    return load_settings(file, lambda _problem: None)


@pytest.mark.parametrize(
    ("changes", "there"),
    [
        ({"name": "李四"}, ('name = "李四"   # on the quotes',)),
        ({"name": None}, ("# mine, do not touch", "newer = 3")),
        ({"weights.lateness": None}, ("[weights]      # heavier", "# half of it")),
        ({"weights.temperature.hot": 11}, ("# nothing here yet\nhot = 11.0",)),
        ({"capacity": 12, "stages": ["new", "quoted"]}, ('capacity = 12\nstages = ["new", "quoted"]\n\n[weights]',)),
        ({"cadence.potential.ideal": 9}, ("[cadence.potential]\nideal = 9\nlatest = 9",)),
        ({"couriers.顺 丰.x": 4}, ('[couriers]\n"顺 丰.x" = 4',)),
    ],
)
def test_a_change_touches_its_own_line_only(file: Path, changes: dict[str, object], there: tuple[str, ...]) -> None:
    file.write_text(BY_HAND, encoding="utf-8")
    before = known(file)
    after = put(before, changes)
    assert save_changes(file, before, after) is None
    text = file.read_text(encoding="utf-8")
    assert known(file) == after
    for line in (*there, "x = [1, 2]  # of a newer version", "newer = 3", '[views."a.b"]'):
        assert line in text
    gone = set(BY_HAND.splitlines()) - set(text.splitlines())
    assert len(gone) <= 1
    save_changes(file, after, before)
    assert known(file) == before
    assert tomllib.loads(file.read_text(encoding="utf-8"))["future"] == {"x": [1, 2]}


def test_two_programs_keep_what_the_other_wrote(file: Path) -> None:
    here = there = known(file)
    save_changes(file, here, put(here, {"capacity": 12}))
    save_changes(file, there, put(there, {"name": "Li", "weights.promise": 5}))
    save_changes(file, put(here, {"capacity": 12}), here)
    assert known(file) == put(Settings(), {"name": "Li", "weights.promise": 5})
    keys = [f"couriers.c{number}" for number in range(12)]
    with ThreadPoolExecutor(4) as crowd:
        list(crowd.map(lambda key: save_changes(file, there, put(there, {key: 3})), keys))
    assert known(file) == put(Settings(), {"name": "Li", "weights.promise": 5, **dict.fromkeys(keys, 3)})


@pytest.mark.parametrize(
    ("text", "kept_as", "still"),
    [
        (b"name = ", "bad", Settings()),
        (b"\xff\xfe", "bad", Settings()),
        (b"weights.promise = 2.5\ncurrency = 'EUR'\n", "before", put(Settings(), {"currency": "EUR"})),
    ],
)
def test_a_file_that_cannot_be_changed_is_kept_beside(file: Path, text: bytes, kept_as: str, still: Settings) -> None:
    file.write_bytes(text)
    told = save_changes(file, Settings(), put(Settings(), {"weights.promise": 4, "weights.grade.S": 5}))
    assert told is not None
    kept = next(each for each in file.parent.iterdir() if each != file)
    assert kept.name.startswith(f"settings.toml.{kept_as}-")
    assert kept.name in str(told)
    assert kept.read_bytes() == text
    assert known(file) == put(still, {"weights.promise": 4, "weights.grade.S": 5})


def test_keys_of_another_version_are_told_and_have_no_effect(file: Path) -> None:
    file.write_text(BY_HAND, encoding="utf-8")
    told: list[Problem] = []
    settings = load_settings(file, told.append)
    assert settings.name == "王五"
    assert [str(each).partition(": ")[2] for each in told] == [
        "there is no setting newer in this version.",
        "there is no setting future in this version.",
    ]


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("weights.promise", "3,5", 3.5),
        ("weights.promise", "−２", -2.0),
        ("capacity", " 12 ", 12),
        ("backup.daily", "否", False),
        ("calendar.on_close", "Yes", True),
        ("stages", "quoted, new", ["new", "quoted"]),
        ("grades", "A、B", ["A", "B"]),
        ("currency", "rmb", "CNY"),
        ("own_currency", "", ""),
        ("workdays", "6123451", "123456"),
        ("couriers.顺丰", "3", 3),
        ("cadence.hot.latest", "2", 2),
    ],
)
def test_what_is_typed_is_understood(key: str, text: str, value: object) -> None:
    assert value_of(put(Settings(), {key: typed(key, text)}), key) == value


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("capacity", "0", "capacity = 0 does not fit: a whole number from 1 to 1000"),
        ("capacity", "many", "a whole number"),
        ("backup.daily", "perhaps", "yes or no"),
        ("cadence.hot.latest", "1", "at least 2"),
        ("currency", "shells", "no currency"),
        ("language", "fr", "Use one of"),
        ("stages", "", "one or more of"),
        ("stages", "won", "not known"),
        ("calendar.hour", "24", "-1 to 23"),
        ("capacty", "3", "Did you mean capacity"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_does(key: str, text: str, said: str) -> None:
    settings = put(Settings(), {"capacity": 7})  # what is in force now is not what is usual
    with pytest.raises(Problem, match=said):
        put(settings, {key: typed(key, text)})


def test_a_rhythm_takes_its_latest_day_along() -> None:
    assert put(Settings(), {"cadence.hot.ideal": 5}).cadence["hot"].latest == 5
    with pytest.raises(Problem, match=r"cadence\.hot\.latest = 4 must be at least 5"):
        read_settings({"cadence": {"hot": {"ideal": 5, "latest": 4}}})


def test_every_setting_has_words_in_both_languages() -> None:
    listed = entries(Settings())
    assert {entry.key for _group, entry in listed} == {".".join(path) for path in leaves(Settings())}
    english = [words_of(entry) for _group, entry in listed]
    with in_chinese():
        chinese = [words_of(entry) for _group, entry in listed]
        assert shown(listed[0][1], "") == "登录名"
    courier = {"DHL", "FedEx", "UPS", "TNT", "EMS", "SF", "Aramex"}
    for (name, meaning), (its_name, its_meaning) in zip(english, chinese, strict=True):
        assert meaning != its_meaning
        assert name != its_name or name in courier


def test_the_reference_in_the_docs_is_true() -> None:
    for page in settings_doc.PAGES:
        written = page.read_text(encoding="utf-8")
        assert settings_doc.whole(page) == written, "python -m tests.settings_doc writes it anew"
