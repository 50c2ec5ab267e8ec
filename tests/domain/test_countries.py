"""A country is recognised however a sheet writes it, and knows its clock, weekend and dialling code."""

import csv
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_crm.domain.countries import (
    Country,
    country,
    dial_length,
    find_country,
    split_country_city,
    suggest_countries,
    zone_for,
)
from tui_crm.domain.country_table import CITIES, COUNTRIES

DATA = Path(__file__).parents[2] / "../shared/data/5_names_addr_phone"
CODES = [line[:2] for line in COUNTRIES.splitlines() if not line.startswith("|")]


def found(code: str) -> Country:
    land = country(code)
    assert land is not None
    return land


def test_every_country_is_complete() -> None:
    assert len(CODES) == len(set(CODES)) == 250
    for code in CODES:
        land = found(code)
        assert land.en and land.zh and land.dial.isdigit() and land.weekend
        ZoneInfo(land.zone)
        assert find_country(code) == find_country(land.en) == find_country(land.zh) == land


def test_every_listed_city_has_a_zone_and_a_country() -> None:
    for row in CITIES.replace("\n  ", " ").splitlines():
        code, zone = row.partition(":")[0].split()
        ZoneInfo(zone)
        assert country(code)


def test_no_name_means_two_countries() -> None:
    for row in COUNTRIES.replace("\n|", "|").splitlines():
        code, alpha3, _, _, *names = row.split("|")
        assert {find_country(name) for name in (alpha3, *names)} == {country(code)}


@pytest.mark.skipif(not DATA.exists(), reason="the shared country facts are not beside the checkout")
def test_codes_and_names_agree_with_the_published_list() -> None:
    with (DATA / "country/country-codes.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            land = found(row["ISO3166-1-Alpha-2"])
            assert find_country(row["ISO3166-1-Alpha-3"]) == land
            assert find_country(row["CLDR display name"]) == land


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("de", "DE"),
        ("DEU", "DE"),
        ("germany", "DE"),
        ("  Deutschland ", "DE"),
        ("德國", "DE"),
        ("ＤＥ", "DE"),
        ("UK", "GB"),
        ("U.K.", "GB"),
        ("England", "GB"),
        ("U.S.A.", "US"),
        ("the United States", "US"),
        ("UAE", "AE"),
        ("u.a.e", "AE"),
        ("阿联酋", "AE"),
        ("阿拉伯联合酋长国", "AE"),
        ("Korea", "KR"),
        ("Republic of Korea", "KR"),
        ("Korea, South", "KR"),
        ("Holland", "NL"),
        ("The Netherlands", "NL"),
        ("台湾", "TW"),
        ("Taiwan", "TW"),
        ("香港", "HK"),
        ("Hongkong", "HK"),
        ("Türkiye", "TR"),
        ("turkey", "TR"),
        ("Viet Nam", "VN"),
        ("Cote d'Ivoire", "CI"),
        ("CÔTE D’IVOIRE", "CI"),
        ("Saint Lucia", "LC"),
        ("St Kitts and Nevis", "KN"),
        ("Россия", "RU"),
        ("印尼", "ID"),
        ("沙特", "SA"),
        ("Republic of India", "IN"),
        ("and", "AD"),
    ],
)
def test_a_country_is_found(text: str, code: str) -> None:
    assert find_country(text) == country(code)


@pytest.mark.parametrize("text", ["", " ", "Congo", "刚果", "Europe", "Berlin", "X1", "俄"])
def test_what_is_no_country_or_could_be_two_is_not_guessed(text: str) -> None:
    assert find_country(text) is None


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ger", "DE"),
        ("德", "DE"),
        ("deguo", "DE"),
        ("dg", "DE"),
        ("mei", "US"),
        ("uni", "US"),
        ("yindunixiya", "ID"),
        ("kor", "KR"),
        ("xianggang", "HK"),
        ("arab", "AE"),
        ("fr", "FR"),
    ],
)
def test_the_likeliest_country_comes_first(typed: str, first: str) -> None:
    assert suggest_countries(typed)[0].code == first


def test_suggestions_are_few_and_none_for_nothing() -> None:
    assert len(suggest_countries("a", limit=3)) == 3
    assert suggest_countries("") == suggest_countries("?") == []


@pytest.mark.parametrize(
    ("code", "city", "zone"),
    [
        ("US", "", "America/New_York"),
        ("US", "洛杉矶", "America/Los_Angeles"),
        ("US", "加州洛杉矶", "America/Los_Angeles"),
        ("US", "Los Angeles, CA", "America/Los_Angeles"),
        ("US", "Houston", "America/Chicago"),
        ("US", "休斯敦市", "America/Chicago"),
        ("US", "El Paso, TX", "America/Chicago"),
        ("US", "Portland, ME", "America/New_York"),
        ("US", "Nowhere", "America/New_York"),
        ("CA", "Vancouver", "America/Vancouver"),
        ("BR", "玛瑙斯", "America/Manaus"),
        ("AU", "Perth", "Australia/Perth"),
        ("RU", "叶卡捷琳堡", "Asia/Yekaterinburg"),
        ("MX", "Monterrey", "America/Monterrey"),
        ("ID", "Bali", "Asia/Makassar"),
        ("CN", "乌鲁木齐", "Asia/Shanghai"),
        ("DE", "anywhere", "Europe/Berlin"),
        ("NP", "Kathmandu", "Asia/Kathmandu"),
        ("", "Berlin", ""),
        ("XX", "", ""),
    ],
)
def test_which_clock_a_city_has(code: str, city: str, zone: str) -> None:
    assert zone_for(code, city) == zone


@pytest.mark.parametrize(
    ("code", "days"),
    [("DE", (5, 6)), ("SA", (4, 5)), ("EG", (4, 5)), ("IR", (4,)), ("IL", (4, 5)), ("AE", (5, 6))],
)
def test_weekends(code: str, days: tuple[int, ...]) -> None:
    assert found(code).weekend == days


@pytest.mark.parametrize(
    ("text", "code", "city"),
    [
        ("美国 / 洛杉矶", "US", "洛杉矶"),
        ("墨西哥 / 蒙特雷", "MX", "蒙特雷"),
        ("Germany, Berlin", "DE", "Berlin"),
        ("Berlin, Germany", "DE", "Berlin"),
        ("德国柏林", "DE", "柏林"),
        ("德国-柏林", "DE", "柏林"),
        ("印度尼西亚雅加达", "ID", "雅加达"),
        ("中国香港九龙", "HK", "九龙"),
        ("Paris (France)", "FR", "Paris"),
        ("Los Angeles, CA, USA", "US", "Los Angeles, CA"),
        ("San Jose, CA", "US", "San Jose, CA"),
        ("Toronto, ON", "CA", "Toronto, ON"),
        ("CA / Toronto", "CA", "Toronto"),
        ("Dubai UAE", "AE", "Dubai"),
        ("迪拜", "AE", "迪拜"),
        ("New Jersey", "US", "New Jersey"),
        ("Mexico City", "MX", "Mexico City"),
        ("Panama City, Panama", "PA", "Panama City"),
        ("United States New York", "US", "New York"),
        ("Guinea-Bissau", "GW", ""),
        ("德国", "DE", ""),
        ("Sahara Arabia", None, "Sahara Arabia"),
        ("Springfield, DE", None, "Springfield, DE"),
        ("Kuwait City", None, "Kuwait City"),
        ("大马士革", None, "大马士革"),
        ("", None, ""),
    ],
)
def test_one_cell_gives_country_and_city(text: str, code: str | None, city: str) -> None:
    land, rest = split_country_city(text)
    assert (land.code if land else None, rest) == (code, city)


@given(st.text())
def test_no_text_at_all_breaks_the_search(text: str) -> None:
    find_country(text)
    suggest_countries(text)
    land, _ = split_country_city(text)
    zone_for(land.code if land else "US", text)


def test_a_number_tells_its_country_code() -> None:
    for code in CODES:
        dial = found(code).dial
        length = 1 if dial.startswith("1") else len(dial)
        assert dial_length(dial + "5550100") == length
    assert dial_length("") == 0
