"""Settings: what a user can write into the file, and that it counts."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from tests.builders import TODAY, a_customer, a_session, days_ago, in_days
from tui_crm.config import Settings, load_settings, places, shipped_themes
from tui_crm.domain.cadence import Rhythm
from tui_crm.domain.messages import Problem
from tui_crm.domain.priority import Engine, Weights
from tui_crm.domain.vocabulary import GRADES, TEMPERATURES
from tui_crm.settings_file import save_changes
from tui_crm.usecases import agenda, cards
from tui_crm.usecases.session import Session


def loaded(tmp_path: Path, text: str) -> Settings:
    file = tmp_path / "settings.toml"
    file.write_text(text, encoding="utf-8")
    return load_settings(file)


# Reading --------------------------------------------------------------------------------------------------------------


def test_without_a_file_everything_is_as_described(tmp_path: Path) -> None:
    settings = load_settings(tmp_path / "none" / "settings.toml")
    assert settings == loaded(tmp_path, "") == loaded(tmp_path, "\ufeff# nothing set\n") == Settings()
    assert (settings.language, settings.name, settings.currency, settings.theme) == ("", "", "USD", "dark")
    assert {name: (rhythm.ideal, rhythm.latest) for name, rhythm in settings.cadence.items()} == {
        "hot": (2, 3),
        "potential": (7, 7),
        "cold": (14, 21),
        "existing": (15, 30),
        "sample": (3, 7),
    }
    assert settings.weights.temperature == {"hot": 10, "sample": 9, "potential": 6, "existing": 4, "cold": 2}
    assert settings.weights.grade == {"S": 4, "A": 3, "B": 1.5, "C": 0.5, "E": 0}
    assert settings.engine == Engine()


def test_what_is_written_is_set_and_the_rest_stays(tmp_path: Path) -> None:
    settings = loaded(
        tmp_path,
        """
        name = "王五"
        [weights]
        lateness = 7.5
        promise = 3
        [weights.temperature]
        cold = 2.5
        [weights.grade]
        S = 6
        [cadence.hot]
        ideal = 1
        [cadence.cold]
        ideal = 30
        latest = 60
        """,
    )
    expected = replace(
        Settings(),
        name="王五",
        weights=replace(
            Weights(),
            lateness=7.5,
            promise=3,
            temperature={**Weights().temperature, "cold": 2.5},
            grade={**Weights().grade, "S": 6},
        ),
        cadence={**Settings().cadence, "hot": Rhythm(1, 3), "cold": Rhythm(30, 60)},
    )
    assert settings == expected


@pytest.mark.parametrize(
    ("text", "unknown", "near"),
    [
        ('langage = "en"', "langage", "language"),
        ("[wieghts]\n", "wieghts", "weights"),
        ("[weights]\nlatenes = 1", "weights.latenes", "weights.lateness"),
        ("[weights.temperature]\nhott = 1", "weights.temperature.hott", "weights.temperature.hot"),
        ("[cadence.hott]\nideal = 1", "cadence.hott", "cadence.hot"),
        ("[cadence.hot]\nidela = 1", "cadence.hot.idela", "cadence.hot.ideal"),
    ],
)
def test_an_unknown_key_is_refused_with_the_one_that_was_meant(
    tmp_path: Path, text: str, unknown: str, near: str
) -> None:
    with pytest.raises(Problem, match=rf"settings\.toml.*{unknown}\..*Did you mean {near}\?"):
        loaded(tmp_path, text)


def test_an_unknown_key_unlike_any_other_is_refused_too(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="no setting 深圳"):
        loaded(tmp_path, '"深圳" = 1')


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("language = 3", "language"),
        ('language = ["en"]', "language"),
        ("name = true", "name"),
        ("weights = 3", "weights"),
        ("weights = []", "weights"),
        ("cadence = 2026-11-21", "cadence"),
        ("[weights]\nlateness = '8'", "weights.lateness"),
        ("[weights]\nlateness = true", "weights.lateness"),
        ("[weights]\nlateness = nan", "weights.lateness"),
        ("[weights]\nlateness = inf", "weights.lateness"),
        ("[weights]\nlateness = 1001", "weights.lateness"),
        ("[weights]\nlateness = -1e300", "weights.lateness"),
        ("[weights.temperature]\nhot = 'much'", "weights.temperature.hot"),
        ("[cadence]\nhot = 3", "cadence.hot"),
        ("[cadence.hot]\nideal = 2.5", "cadence.hot.ideal"),
        ("[cadence.hot]\nideal = 0", "cadence.hot.ideal"),
        ("[cadence.hot]\nideal = -3", "cadence.hot.ideal"),
        ("[cadence.hot]\nlatest = 4000", "cadence.hot.latest"),
        ("[cadence.hot]\nlatest = true", "cadence.hot.latest"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_key(tmp_path: Path, text: str, key: str) -> None:
    with pytest.raises(Problem, match=rf"settings\.toml: {key} = "):
        loaded(tmp_path, text)


@pytest.mark.parametrize("content", [b"name = ", b"\xff\xfe\x00", b"name = 'a'\nname = 'b'", b"\x00", b"[", b"a\n"])
def test_what_is_no_toml_is_named_with_its_place(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(content)
    with pytest.raises(Problem, match=r"settings\.toml"):
        load_settings(file)


def test_a_folder_in_the_place_of_the_file_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="cannot be read"):
        load_settings(tmp_path)
    with pytest.raises(Problem, match="cannot be written"):
        save_changes(tmp_path, Settings(), Settings())


# Writing --------------------------------------------------------------------------------------------------------------

POINTS = st.floats(-1000, 1000, allow_nan=False)
WEIGHTS = st.builds(
    Weights,
    temperature=st.fixed_dictionaries(dict.fromkeys(TEMPERATURES, POINTS)),
    grade=st.fixed_dictionaries(dict.fromkeys(GRADES, POINTS)),
    **dict.fromkeys(("lateness", "promise", "open_quote", "unpaid", "sample_waiting", "clock"), POINTS),
)
DAYS = st.integers(1, 3650)
RHYTHM = st.tuples(DAYS, DAYS).map(lambda days: Rhythm(min(days), max(days)))
SETTINGS = st.builds(
    Settings,
    language=st.sampled_from(["", "en", "zh_CN"]),
    name=st.text(max_size=10),
    currency=st.sampled_from(["USD", "EUR"]),
    theme=st.text(max_size=10),
    weights=st.just(Weights()) | WEIGHTS,
    cadence=st.fixed_dictionaries(dict.fromkeys(TEMPERATURES, RHYTHM)).map(MappingProxyType),
)


@hypothesis(max_examples=60, deadline=None)
@given(SETTINGS)
def test_what_is_saved_is_read_back(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> None:
    file = tmp_path_factory.mktemp("settings") / "settings.toml"
    save_changes(file, Settings(), settings)
    assert load_settings(file) == settings
    assert list(file.parent.iterdir()) == [file]


def test_only_what_differs_from_the_defaults_is_written(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "settings.toml"
    save_changes(file, Settings(), Settings())
    assert file.read_text(encoding="utf-8") == ""
    weights = replace(Weights(), promise=5.0)
    save_changes(file, Settings(), replace(Settings(), language="zh_CN", weights=weights))
    assert file.read_text(encoding="utf-8") == 'language = "zh_CN"\n\n[weights]\npromise = 5.0\n'


def test_settings_that_cannot_be_written_leave_the_old_ones(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    save_changes(file, Settings(), replace(Settings(), name="old"))
    unwritable = replace(Settings(), name=object())  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        save_changes(file, replace(Settings(), name="old"), unwritable)
    assert load_settings(file).name == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["settings.toml"]
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(Problem, match=r"folder\.toml cannot be written"):
        save_changes(tmp_path / "folder.toml", Settings(), Settings())


# Places ---------------------------------------------------------------------------------------------------------------


def test_crm_home_moves_everything_under_one_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_HOME", str(tmp_path / "外贸 home"))
    there = places()
    for place in (there.book, there.demo, there.settings, there.themes):
        assert place.parent == tmp_path / "外贸 home"
    assert len({there.book, there.demo, there.settings, there.themes}) == 4


def test_without_crm_home_it_is_the_usual_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_HOME", "")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert places().book.name == "book.db"
    assert all("tui-crm" in str(place) for place in (places().book, places().settings))


def test_a_home_of_nobody_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_HOME", "~nobody-of-that-name/crm")
    with pytest.raises(Problem, match="CRM_HOME names no folder"):
        places()
    monkeypatch.setenv("CRM_HOME", "~/crm")
    assert "~" not in str(places().book)


def test_the_themes_come_with_the_program() -> None:
    assert list(shipped_themes().glob("*.toml"))


# What the numbers do --------------------------------------------------------------------------------------------------


def names(session: Session) -> list[str]:
    return [row.name for row in agenda.agenda(session).rows]


def a_book_of_two(session: Session) -> tuple[int, int]:
    hot = a_customer(session, "hot", name="hot", grade="C", last_contact=days_ago(2))
    cold = a_customer(session, "cold", name="cold", grade="S", last_contact=days_ago(14), promised=TODAY)
    assert names(session) == ["hot", "cold"]
    return hot, cold


HEAVIER = {
    "temperature": replace(Weights(), temperature={**Weights().temperature, "cold": 20.0}),
    "grade": replace(Weights(), grade={**Weights().grade, "S": 20.0}),
    "promise": replace(Weights(), promise=20.0),
}


@pytest.mark.parametrize("term", HEAVIER)
def test_other_weights_change_the_order(tmp_path: Path, term: str) -> None:
    session = a_session(tmp_path)
    a_book_of_two(session)
    session.book.reweigh(Settings(weights=HEAVIER[term]).engine)
    assert names(session) == ["cold", "hot"]
    for row in agenda.agenda(session).rows:
        assert math.isclose(row.score, sum(reason.points for reason in row.reasons))
    session.book.reweigh(Settings().engine)
    assert names(session) == ["hot", "cold"]


def test_another_rhythm_changes_who_is_due(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    hot, _ = a_book_of_two(session)
    session.book.reweigh(replace(Settings(), cadence={**Settings().cadence, "hot": Rhythm(5, 9)}).engine)
    assert names(session) == ["cold"]
    step = cards.card(session, hot).step
    assert (step.due_on, step.latest_on) == (in_days(3), in_days(7))


@pytest.mark.parametrize(
    "text", ["[weights.temperature]\ncold = 20", "[weights]\npromise = 20.5", "[cadence.hot]\nideal = 3"]
)
def test_changed_settings_count_from_the_next_start_and_changed_back_no_more(tmp_path: Path, text: str) -> None:
    a_book_of_two(a_session(tmp_path))
    settings = replace(loaded(tmp_path, text), name="me")
    for _ in range(2):
        assert names(a_session(tmp_path, settings=settings))[0] == "cold"
    assert names(a_session(tmp_path)) == ["hot", "cold"]


def test_starting_with_the_same_settings_writes_nothing(tmp_path: Path) -> None:
    settings = Settings(name="me", weights=HEAVIER["grade"])
    first = a_session(tmp_path, settings=settings)
    a_customer(first)
    before = first.book_version()
    a_session(tmp_path, settings=settings)
    assert first.book_version() == before
    a_session(tmp_path)
    assert first.book_version() != before
