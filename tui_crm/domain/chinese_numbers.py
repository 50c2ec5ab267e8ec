"""Chinese numerals as they stand in dates: 二十一, 廿, 两千零四, and years digit by digit, 二零二六."""

from __future__ import annotations

NUMERALS = "零〇一二两三四五六七八九十百千廿卅"

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_SCALES = {"十": 10, "百": 100, "千": 1000}


def chinese_number(numeral: str) -> int | None:
    """Give the value of a simplified numeral below 10,000; None for a loose count such as 两三 (two or three)."""
    total, digit, scale = 0, None, 10_000
    for sign in numeral.replace("廿", "二十").replace("卅", "三十"):
        if sign in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[sign]
        elif sign in _SCALES and _SCALES[sign] < scale:
            scale = _SCALES[sign]
            total += (1 if digit is None else digit) * scale
            digit = None
        else:
            return None
    return total + (digit or 0) if numeral else None


def chinese_year(numeral: str) -> int | None:
    """Give the year in front of 年, written digit by digit (二零二六, 二六) or as a number (两千零四)."""
    if len(numeral) in (2, 4) and all(sign in _DIGITS for sign in numeral):
        return int("".join(str(_DIGITS[sign]) for sign in numeral))
    return chinese_number(numeral)
