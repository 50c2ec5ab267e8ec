"""Tags as such: every change is one operation, and customers are found by what their tags are called now."""

from pathlib import Path

import pytest

from tests.builders import a_customer, a_session
from tui_crm.domain.messages import Problem
from tui_crm.usecases import cards, finding, history, tagging
from tui_crm.usecases.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return a_session(tmp_path)


def tag(session: Session, name: str) -> tagging.Tag:
    return next(one for one in tagging.every(session) if one.name == name)


def tags_of(session: Session, *customers: int) -> list[tuple[str, ...]]:
    return [cards.existing(session, customer).tags for customer in customers]


def found(session: Session, words: str) -> list[int]:
    return sorted(row.id for row in finding.find(session, words).rows)


def test_a_new_name_is_found_and_undo_brings_the_old_one_back(session: Session) -> None:
    customer = a_customer(session, tags=("hagler",))
    tagging.rename(session, tag(session, "hagler"), " #haggler ")
    assert tags_of(session, customer) == [("haggler",)]
    assert (found(session, "haggler"), found(session, "#haggler"), found(session, "hagler")) == (
        [customer],
        [customer],
        [],
    )
    history.undo(session)
    assert (tags_of(session, customer), found(session, "hagler")) == ([("hagler",)], [customer])


def test_a_name_that_is_taken_names_the_other_tag(session: Session) -> None:
    a_customer(session, tags=("VIP", "vip-gold"))
    with pytest.raises(tagging.NameTaken) as taken:
        tagging.rename(session, tag(session, "vip-gold"), "vip")
    assert taken.value.other.name == "VIP"
    tagging.rename(session, tag(session, "VIP"), "Vip")  # its own name in another case is no other tag


def test_merging_two_tags_is_one_step_back_and_forth(session: Session) -> None:
    both, one, none = (
        a_customer(session, tags=("价敏", "价敏感")),
        a_customer(session, tags=("价敏",)),
        a_customer(session),
    )
    tagging.recolor(session, tag(session, "价敏"), "red")
    before = tagging.every(session), tags_of(session, both, one, none)
    tagging.merge(session, tag(session, "价敏"), tag(session, "价敏感"))
    assert tags_of(session, both, one, none) == [("价敏感",), ("价敏感",), ()]
    assert [(t.name, t.count, t.color) for t in tagging.every(session)] == [("价敏感", 2, "red")]
    assert found(session, "价敏感") == sorted((both, one))
    history.undo(session)
    assert (tagging.every(session), tags_of(session, both, one, none)) == before
    history.redo(session)
    assert tags_of(session, both, one) == [("价敏感",), ("价敏感",)]


def test_only_a_tag_that_nobody_carries_is_taken_away(session: Session) -> None:
    customer = a_customer(session, tags=("a", "b"))
    with pytest.raises(Problem, match=r"#a is in use \(1\)"):
        tagging.remove(session, tag(session, "a"))
    tagging.merge(session, tag(session, "a"), tag(session, "b"))
    from tui_crm.usecases import planning

    planning.retag(session, customer, remove=("b",))
    tagging.remove(session, tag(session, "b"))
    assert tagging.every(session) == []


def test_a_colour_is_one_of_ours(session: Session) -> None:
    customer = a_customer(session, tags=("a",))
    tagging.recolor(session, tag(session, "a"), "blue")
    assert cards.card(session, customer).tag_colors == {"a": "blue"}
    with pytest.raises(Problem):
        tagging.recolor(session, tag(session, "a"), "pink")
