from datetime import date
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_crm.domain.messages import Message
from tui_crm.domain.query import LONGEST_LINE, MOST_TERMS, Term, complete, describe, parse_query
from tui_crm.domain.query_words import FIELD_NAMED, FIELDS

TODAY = date(2026, 11, 21)  # a Saturday
FRIDAY = date(2026, 11, 27)
NAUGHTY = Path(__file__).parents[2] / "../shared/data/4_torture"

asked = partial(parse_query, today=TODAY, me="张三")


def terms(line: str) -> list[tuple[object, ...]]:
    """Terms without their place: (field, op, values), and True behind those that exclude."""
    return [(term.field, term.op, term.values, *([True] if term.negated else [])) for term in asked(line).terms]


READ: list[tuple[str, list[tuple[object, ...]]]] = [
    ("", []),
    ("   ", []),
    ("深圳", [("word", "=", ("深圳",))]),
    ("blue harbor", [("word", "=", ("blue",)), ("word", "=", ("harbor",))]),
    ("-acme", [("word", "=", ("acme",), True)]),
    ('"exact words"', [("word", "=", ("exact words",))]),
    ("“报价 单”", [("word", "=", ("报价 单",))]),
    ("#a", [("tag", "=", ("a",))]),
    ("#a,b", [("tag", "=", ("a", "b"))]),
    ("#a #b", [("tag", "=", ("a",)), ("tag", "=", ("b",))]),
    ("-#c", [("tag", "=", ("c",), True)]),
    ("＃价敏感、展会", [("tag", "=", ("价敏感", "展会"))]),
    ("#价敏感#展会", [("tag", "=", ("价敏感",)), ("tag", "=", ("展会",))]),
    ("标签：价敏感", [("tag", "=", ("价敏感",))]),
    ("t:hot", [("temperature", "=", ("hot",))]),
    ("t:热", [("temperature", "=", ("hot",))]),
    ("温度：热，冷", [("temperature", "=", ("hot", "cold"))]),
    ("-t:cold", [("temperature", "=", ("cold",), True)]),
    ("－温度：冷", [("temperature", "=", ("cold",), True)]),
    ("temperature:h", [("temperature", "=", ("hot",))]),
    ("T:HOT", [("temperature", "=", ("hot",))]),
    ("g:S,A", [("grade", "=", ("S", "A"))]),
    ("等级：s", [("grade", "=", ("S",))]),
    ("st:quoted", [("stage", "=", ("quoted",))]),
    ("阶段：已报价", [("stage", "=", ("quoted",))]),
    ("c:DE", [("country", "=", ("DE",))]),
    ("国家：德国,法国", [("country", "=", ("DE", "FR"))]),
    ('country:"United States",de', [("country", "=", ("US", "DE"))]),
    ("ch:wa", [("channel", "=", ("whatsapp",))]),
    ("渠道：微信", [("channel", "=", ("wechat",))]),
    ("owner:me", [("owner", "=", ("张三",))]),
    ("责任人：我,李四", [("owner", "=", ("张三", "李四"))]),
    ("due:today", [("due", "=", (TODAY,))]),
    ("到期：今天", [("due", "=", (TODAY,))]),
    ("due:<fri", [("due", "<", (FRIDAY,))]),
    ('due:<="next fri"', [("due", "<=", (FRIDAY,))]),
    ("due:>=2026-12-01", [("due", ">=", (date(2026, 12, 1),))]),
    ("到期：≤周五", [("due", "<=", (FRIDAY,))]),
    ("late:>7", [("late", ">", (7,))]),
    ("逾期：＞7天", [("late", ">", (7,))]),
    ("late:7", [("late", ">=", (7,))]),
    ("last:>30d", [("last", ">", (30,))]),
    ("上次：>2周", [("last", ">", (14,))]),
    ("last:<1m", [("last", "<", (30,))]),
    ("last:<2026-11-01", [("last", ">", (20,))]),
    ("last:yesterday", [("last", "=", (1,))]),
    ("quote:open", [("quote", "=", ("open",))]),
    ("报价：未结", [("quote", "=", ("open",))]),
    ("sample:waiting", [("sample", "=", ("waiting",))]),
    ("样品：等反馈", [("sample", "=", ("waiting",))]),
    ("no:next", [("no", "=", ("next",))]),
    ("无：下一步", [("no", "=", ("next",))]),
    ("is:archived -is:lost", [("is", "=", ("archived",)), ("is", "=", ("lost",), True)]),
    ("is:paused is:overdue", [("is", "=", ("paused",)), ("is", "=", ("overdue",))]),
    ("Co.,Ltd", [("word", "=", ("Co.",)), ("word", "=", ("Ltd",))]),
    ('5" pipe 3"', [("word", "=", ('5"',)), ("word", "=", ("pipe",)), ("word", "=", ('3"',))]),
    ("http://acme.com 10:30", [("word", "=", ("http://acme.com",)), ("word", "=", ("10:30",))]),
    ("a@b.com +49 170", [("word", "=", ("a@b.com",)), ("word", "=", ("+49",)), ("word", "=", ("170",))]),
]


@pytest.mark.parametrize(("line", "expected"), READ)
def test_the_search_line_is_read(line: str, expected: list[tuple[object, ...]]) -> None:
    assert terms(line) == expected
    assert asked(line).findings == ()


@pytest.mark.parametrize(
    "line", ["t:tepid", "g:Z", "st:dreaming", "c:Atlantis", "ch:w", "due:someday", "late:very", "last:>soon"]
)
def test_a_value_that_is_unknown_is_searched_as_a_word_and_pointed_out(line: str) -> None:
    assert terms(line) == [("word", "=", (line,))]
    (finding,) = asked(line).findings
    assert f"“{line}”" in str(finding)
    assert f"write {line.partition(':')[0]}:" in str(finding)


@pytest.mark.parametrize("line", ["quote:lost", "sample:big", "no:money", "is:rich", "t:hot,tepid", "last:>2099-01-01"])
def test_no_part_of_a_filter_is_guessed(line: str) -> None:
    assert [term[0] for term in terms(line)] == ["word"]
    assert len(asked(line).findings) == 1


def test_an_unknown_filter_is_searched_as_a_word_and_the_known_ones_are_named() -> None:
    assert terms("-colour:red") == [("word", "=", ("colour:red",), True)]
    assert "t: g: st: c:" in str(asked("colour:red").findings[0])


@pytest.mark.parametrize("line", ["t:", "温度：", "due:", "#", "-", "-#", '"', '""'])
def test_what_is_only_begun_excludes_nothing(line: str) -> None:
    assert terms(line) == []


def test_begun_filters_say_how_to_go_on() -> None:
    assert "t:hot" in str(asked("t:").findings[0])


def test_terms_know_their_place_in_the_line() -> None:
    line = '深圳 －#展会  温度：热 "two words"'
    assert [line[term.start : term.end] for term in asked(line).terms] == ["深圳", "－#展会", "温度：热", '"two words"']


def test_quotation_marks_make_a_word_exact() -> None:
    assert [term.exact for term in asked('acme "acme" -"acme corp"').terms] == [False, True, True]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("acme", "with “acme”"),
        ("-acme", "without “acme”"),
        ("#a,b", "tag: a or b"),
        ("t:hot,cold", "temperature: hot or cold"),
        ("-st:lost", "stage: not lost"),
        ("due:<fri", "due before 2026-11-27"),
        ("-due:<fri", "due from 2026-11-27 on"),
        ("late:>7", "days late: over 7"),
        ("-late:>7", "days late: 7 at most"),
        ("last:>30d", "days since the last contact: over 30"),
        ("quote:open", "a quote is open"),
        ("-no:next", "a next step is set"),
        ("is:overdue", "only overdue customers"),
    ],
)
def test_a_search_says_what_it_means(line: str, sentence: str) -> None:
    assert [str(message) for message in describe(asked(line))] == [sentence]


@pytest.mark.parametrize("line", [line for line, _ in READ])
def test_every_term_can_be_described_also_when_it_excludes(line: str) -> None:
    query = asked(line)
    assert len(describe(query)) == len(query.terms)
    excluding = asked(" ".join("-" + line[term.start : term.end].lstrip("-－") for term in query.terms))
    assert all(str(message) for message in describe(excluding))


def test_codes_are_described_under_the_name_of_their_vocabulary() -> None:
    (message,) = describe(asked("ch:wa"))
    shown = message.values["values"]
    assert isinstance(shown, Message)
    assert shown.values == {"channel": "whatsapp"}


@pytest.mark.parametrize(
    ("line", "kind", "prefix", "start"),
    [
        ("", "field", "", 0),
        ("t", "field", "t", 0),
        ("温", "field", "温", 0),
        ("acme ", "field", "", 5),
        ("-t", "field", "t", 1),
        ("t:", "temperature", "", 2),
        ("acme t:h", "temperature", "h", 7),
        ("温度：热，冷", "temperature", "冷", 5),
        ("g:S,", "grade", "", 4),
        ("#价", "tag", "价", 1),
        ("x #a#b", "tag", "b", 5),
        ("#a,b", "tag", "b", 3),
        ("-#", "tag", "", 2),
        ("due:<f", "due", "f", 5),
        ('c:"United S', "country", "United S", 3),
        ("colour:b", "word", "colour:b", 0),
        ("a@b", "word", "a@b", 0),
        ('"two wo', "word", '"two wo', 0),
    ],
)
def test_what_is_being_typed(line: str, kind: str, prefix: str, start: int) -> None:
    assert complete(line, len(line)) == (kind, prefix, start)


def test_completion_looks_left_of_the_cursor_only() -> None:
    assert complete("t:hot c:D acme", 9) == ("country", "D", 8)


def test_every_offered_value_is_understood() -> None:
    for field in FIELDS:
        for name in field.names:
            assert FIELD_NAMED[name] is field
            for value in field.values:
                (term,) = asked(f"{name}:{value}").terms
                assert term.field == field.name


def test_every_example_is_understood() -> None:
    for field in FIELDS:
        for example in field.example.replace(" (days)", "").replace(",", " ").replace(" or ", " ").split():
            if ":" in example or "#" in example:
                assert [term.field for term in asked(example).terms] == [field.name]


PAYLOADS = [
    *(
        '"',
        "NEAR(",
        "name:",
        "a AND",
        "^",
        "'; drop table f;--",
        "(" * 5000,
        "\0",
        "a\0b",
        "德",
        "德国",
        "%",
        "_",
        "*",
        "\\",
    ),
    *(
        "[[[",
        "(?P<x>",
        ".*+",
        "-" * 3000,
        ":" * 3000,
        "#" * 3000,
        '"' * 3000,
        "!!!???",
        "，。：＃",
        "t:(",
        "c:\0",
        "due:<>=<",
    ),
    *(
        "\x1b[2J",
        "\u202e",
        "late:99999999999999",
        "last:-1",
        "due:9999-12-31",
        "due:0000-00-00",
        "::::a:b:c",
        "-:-",
        '#"',
        "t:,,,",
    ),
]


@pytest.mark.parametrize("line", PAYLOADS)
def test_hostile_searches_are_searches(line: str) -> None:
    query = asked(line)
    describe(query)
    complete(line, len(line))
    assert all(term.values for term in query.terms)


def test_a_pasted_book_is_cut_and_the_user_told() -> None:
    query = asked("acme " * 200_000)
    assert len(query.text) == LONGEST_LINE
    assert len(query.terms) == MOST_TERMS
    assert [str(LONGEST_LINE) in str(query.findings[0]), str(MOST_TERMS) in str(query.findings[1])] == [True, True]
    complete("acme " * 200_000, 1_000_000)


SYNTAX = st.text(alphabet='t:g温度：#＃，,-－"“”<>=≤ S热7dA\0(\n')


@given(st.one_of(st.text(), SYNTAX))
def test_any_line_can_be_read(line: str) -> None:
    query = asked(line)
    assert len(describe(query)) == len(query.terms)
    assert all(0 <= term.start < term.end <= len(line) for term in query.terms)
    assert all(term.values and all(value != "" for value in term.values) for term in query.terms)
    kind, prefix, start = complete(line, len(line))
    assert start + len(prefix) == len(line)
    assert kind in {"field", "word", *(field.name for field in FIELDS)}


@given(st.lists(st.sampled_from([line for line, _ in READ if line.strip()]), max_size=5))
def test_terms_of_a_line_are_those_of_its_parts(lines: list[str]) -> None:
    assert terms(" ".join(lines)) == [term for line in lines for term in terms(line)]


@pytest.mark.skipif(not NAUGHTY.exists(), reason="the torture files are not beside this checkout")
def test_the_big_list_of_naughty_strings_is_searchable() -> None:
    (path, *_) = [*NAUGHTY.rglob("*blns*.txt"), *NAUGHTY.rglob("*naughty*.txt")]
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        assert isinstance(asked(line).terms, tuple)
        assert all(isinstance(term, Term) for term in asked(line).terms)


def test_the_chinese_examples_are_understood_too() -> None:
    pofile = pytest.importorskip("babel.messages.pofile")
    folder = Path(__file__).parents[2] / "tui_crm/locale/zh_CN"
    chinese = {
        message.id: message.string for path in folder.glob("*.po") for message in pofile.read_po(path.open("rb"))
    }
    for field in FIELDS:
        for example in chinese[field.example].replace("（天）", "").replace("、", " ").replace(" 或 ", " ").split():
            assert [term.field for term in asked(example).terms] == [field.name]
            assert asked(example).findings == ()
