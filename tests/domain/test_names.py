"""The same customer is found, sorted and recognised whatever way the name is remembered."""

import csv
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from tui_crm.domain.names import company_key, index_terms, matches, phone_terms, query_words, sort_key
from tui_crm.domain.pinyin import spell

NAMES = Path(__file__).parents[2] / "../shared/data/5_names_addr_phone/org/cleanco_companies.csv"


class Index:
    """A search index as the store declares it."""

    def __init__(self) -> None:
        self.db = dbapi2.connect(":memory:")
        self.db.execute(
            "CREATE VIRTUAL TABLE f USING fts5(t, content='', columnsize=0, detail=none,"
            " tokenize='unicode61 remove_diacritics 2', prefix='1 2 3 4')"
        )
        self.texts: list[str] = []

    def add(self, text: str, *phones: str) -> None:
        self.texts.append(text)
        terms = " ".join([index_terms(text), *map(phone_terms, phones)])
        self.db.execute("INSERT INTO f(rowid, t) VALUES (?, ?)", (len(self.texts), terms))

    def find(self, query: str) -> list[str]:
        terms = [f"({' OR '.join(map(str, word.spellings))})" for word in query_words(query)]
        if not terms:
            return []
        rows = self.db.execute("SELECT rowid FROM f WHERE f MATCH ? ORDER BY rowid", (" AND ".join(terms),))
        return [self.texts[row[0] - 1] for row in rows]


@pytest.fixture(scope="module")
def index() -> Iterator[Index]:
    found = Index()
    for text in ("深圳市华威科技有限公司", "重庆长城机械厂", "绿源", "日本 大阪 トヨタ", "대한민국", "บริษัทไทย"):
        found.add(text)
    found.add("Müller GmbH")
    found.add("Mueller Söhne")
    found.add("Ørsted A/S jonas.clark@himalhomeware.example")
    found.add("Москва Трейд")
    found.add("Acme", "+49 30 5550613", "+86 138 0013 8000 ext 5")
    yield found
    found.db.close()


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("深圳", "深圳市华威科技有限公司"),
        ("圳", "深圳市华威科技有限公司"),
        ("深圳市华威科技有限公司", "深圳市华威科技有限公司"),
        ("shenzhen", "深圳市华威科技有限公司"),
        ("shenz", "深圳市华威科技有限公司"),
        ("SZ", "深圳市华威科技有限公司"),
        ("huawei keji", "深圳市华威科技有限公司"),
        ("shenzhenshihuaweikeji", "深圳市华威科技有限公司"),
        ("szshwkj", "深圳市华威科技有限公司"),
        ("华威 深圳", "深圳市华威科技有限公司"),
        ("chongqing", "重庆长城机械厂"),
        ("zhongqing", "重庆长城机械厂"),
        ("changcheng", "重庆长城机械厂"),
        ("cqcc", "重庆长城机械厂"),
        ("lvyuan", "绿源"),
        ("luyuan", "绿源"),
        ("大阪", "日本 大阪 トヨタ"),
        ("トヨ", "日本 大阪 トヨタ"),
        ("민국", "대한민국"),
        ("ไทย", "บริษัทไทย"),
        ("Orsted", "Ørsted A/S jonas.clark@himalhomeware.example"),
        ("clark", "Ørsted A/S jonas.clark@himalhomeware.example"),
        ("jonas.clark@himal", "Ørsted A/S jonas.clark@himalhomeware.example"),
        ("моск", "Москва Трейд"),
        ("5550613", "Acme"),
        ("0613", "Acme"),
        ("+49 30 5550613", "Acme"),
        ("+49305550613", "Acme"),
        ("0049 30 555", "Acme"),
        ("0049305550613", "Acme"),
        ("030 5550613", "Acme"),
        ("0305550613", "Acme"),
        ("13800138000", "Acme"),
        ("1380013", "Acme"),
    ],
)
def test_a_customer_is_found(index: Index, query: str, text: str) -> None:
    assert text in index.find(query)


@pytest.mark.parametrize("query", ["müller", "MUELLER", "muell", "ＭÜＬ"])
def test_umlauts_are_found_in_either_spelling(index: Index, query: str) -> None:
    assert {"Müller GmbH", "Mueller Söhne"} <= set(index.find(query))


@pytest.mark.parametrize("query", ["zhangzhou", "深华", "nobody", "圳深"])
def test_other_customers_are_not(index: Index, query: str) -> None:
    assert index.find(query) == []


@pytest.mark.parametrize("query", ["", " ", "%", "_", '"', "^", "'; --", "()", "\x00", "＃＠", "。、", "*"])
def test_nothing_to_search_for(query: str) -> None:
    assert query_words(query) == ()


@pytest.mark.parametrize(
    "query",
    [
        "NEAR(",
        "name:",
        "a AND",
        "a OR",
        "NOT",
        '"a',
        "'; drop table f;--",
        "(" * 5000,
        "a" * 5000,
        "x_y",
        "+86",
        "德" * 900,
    ],
)
def test_no_query_breaks_the_search(index: Index, query: str) -> None:
    index.find(query)


@given(st.text())
def test_no_text_at_all_breaks_the_search(query: str) -> None:
    index = Index()
    index.add("anything")
    index.find(query)
    assert len(query_words(query)) <= 16


def test_no_character_breaks_the_search() -> None:
    index = Index()
    index.add("anything")
    for code in range(0x80, sys.maxunicode + 1):
        if chr(code).isalnum() and not 0x3400 <= code <= 0x9FFF and not 0xAC00 <= code <= 0xD7A3 and code < 0x20000:
            index.find(f"q{chr(code)}z{chr(code)}{chr(code)}")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_every_word_finds_the_text_it_stands_in(text: str) -> None:
    index = Index()
    index.add(text)
    if query_words(text) and len(query_words(text)) < 16:
        assert index.find(text) == [text]


@pytest.mark.parametrize(
    "names",
    [
        (
            "RIVERMARK CHEMICALS LTD.",
            "Rivermark Chemicals Ltd.",
            "Rivermark Chemicals Limited",
            "Ｒivermark Chemicals, Ltd",
        ),
        ("Blue Harbor Machinery S.A. de C.V.", "BLUE HARBOR MACHINERY SA DE CV", "Blue Harbor Machinery"),
        ("Kestrel Chemicals Sp. z o.o.", "Kestrel Chemicals Sp. z o. o.", "KESTREL CHEMICALS SPZOO"),
        ("Borealis Textiles Pty Ltd", "Borealis Textiles (Pty) Ltd.", "Borealis Textiles Proprietary Limited"),
        ("Himal Outdoor Pvt. Ltd.", "Himal Outdoor Private Limited", "M/s. Himal Outdoor Pvt Ltd"),
        ("Müller & Söhne GmbH & Co. KG", "Mueller und Soehne GmbH", "MULLER SOHNE"),
        ("Johnson & Johnson Inc.", "Johnson and Johnson"),
        ("Zephyr Gifts OOO", "ООО Zephyr Gifts", "OOO «Zephyr Gifts»"),
        ("Savanna Homeware K.K.", "株式会社Savanna Homeware", "㈱ Savanna Homeware"),
        ("深圳市华威科技有限公司", "深圳华威科技有限责任公司", "深圳市华威科技股份有限公司", "深圳市华威科技"),
        ("PT. Nusantara Jaya", "Nusantara Jaya Tbk", "PT Nusantara Jaya Tbk"),
        ("Acme Trading L.L.C", "ACME TRADING LLC", "The Acme-Trading Company", "Acme\u200b Trading"),
        ("Sahara Foods FZE", "Sahara Foods FZ-LLC", "Sahara Foods W.L.L."),
        ("Demir Ltd. Şti.", "DEMİR A.Ş."),
    ],
)
def test_one_company_has_one_key(names: tuple[str, ...]) -> None:
    assert {company_key(name) for name in names} == {company_key(names[0])}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Blue Harbor Chemicals Inc.", "Blue Harbor Machinery Inc."),
        ("华威科技有限公司", "华威贸易有限公司"),
        ("A&B Import GmbH", "Import GmbH"),
        ("Ltd", "GmbH"),
        ("Company", "有限公司"),
    ],
)
def test_different_companies_have_different_keys(one: str, other: str) -> None:
    assert company_key(one) != company_key(other)


@given(st.text(min_size=1))
def test_a_name_never_has_an_empty_key(name: str) -> None:
    assert company_key(name)


@pytest.mark.skipif(not NAMES.exists(), reason="the shared list of company names is not beside the checkout")
def test_real_companies_lose_their_legal_form_and_keep_their_name() -> None:
    with NAMES.open(encoding="utf-8") as rows:
        names = [row[0] for row in csv.reader(rows, delimiter=";") if row]
    keys = {name: company_key(name) for name in names}
    forms = ("ltd", "limited", "plc", "gmbh", "sadecv", "llc")  # no English word ends so, as zinc does
    assert [name for name, key in keys.items() if len(key) < 2] == []
    assert [name for name, key in keys.items() if key.endswith(forms)] == []


def test_lists_sort_by_sound_case_and_accents_aside() -> None:
    names = ["Zeta", "Österreich", "安徽", "omega", "Émile", "北京", "上海"]
    assert sorted(names, key=sort_key) == ["安徽", "北京", "Émile", "omega", "Österreich", "上海", "Zeta"]


@given(st.text())
def test_sort_keys_are_short(name: str) -> None:
    assert len(sort_key(name)) <= 24


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("Müller GmbH", "mull", ["Müll"]),
        ("深圳市华威", "深圳", ["深圳"]),
        ("去深圳市", "shenz", ["深圳"]),
        ("去深圳市", "sz", ["深圳"]),
        ("Huawei 华威", "hua", ["Hua"]),
        ("jonas@x.example", "jonas x", ["jonas", "x"]),
        ("Straße 7", "strasse", ["Straße"]),
        ("abc", "b", []),
        ("重庆", "zhongqing", ["重庆"]),
        ("aa", "a aa", ["aa"]),
        ("anything", "", []),
    ],
)
def test_what_a_query_matched(text: str, query: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in matches(text, query)] == marked


@given(st.text(), st.text())
def test_marked_spans_lie_in_the_text_in_order(text: str, query: str) -> None:
    spans = matches(text, query)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] < after[0] for before, after in pairwise(spans))


def test_characters_sound_as_names_read_them() -> None:
    assert spell("重庆 长沙 厦门 银行 阿联酋 ABC") == "chongqing changsha xiamen yinhang alianqiu ABC"
