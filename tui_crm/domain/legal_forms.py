"""What a company's name says of its legal form, which tells no two companies apart."""

from __future__ import annotations

import re

from .text import fold

# Written without blanks and dots, because people write "Sp. z o.o.", "Sp.z.o.o" and "SP ZOO". Each may follow another
# ("Co., Ltd", "(Pty) Ltd"), so only the parts are listed where the parts stand alone too.
_ENDINGS = """
ltd limited ltda limitada limitee co company coy compania cia cie compagnie corp corporation inc incorporated llc llp
lllp lp plc pllc pc dba coltd coltda ltdco companylimited limitedcompany private pvt pte pty proprietary sdn bhd
sdnbhd berhad public publiccompany pcl unlimited cic gmbh gesellschaftmitbeschrankterhaftung aktiengesellschaft mbh
gmbhcokg gesmbh ag agcokg kg kgaa ohg ug ughaftungsbeschrankt haftungsbeschrankt ek ekfm ekfr ev eg gbr se bv nv vof
cv bvba cvba sprl scrl srl sa sas sasu sarl sarlau eurl snc sci scop scs sca spa sapa sicav sl slu sll slne sau saa
sac saic sacif sacifia sacv sadecv sabdecv sab sapi sapidecv sapicv srldecv sderl sderldecv sderlcv eirl
sociedadanonima sociedadlimitada lda unipessoal eireli epp ab hb kb as asa aps ivs oy oyj abp hf ehf ohf slf spzoo
spzook spk spj sro vos doo dd ad ead eood ood zrt nyrt kft bt rt kkt kht ou osauhing uab sia pfa srlhu ike ae epe
sanvetic sanayiveticaret ticltdsti ticas ltdsti sti anonimsirketi limitedsirketi ooo oao zao pao ao npao tov tpp too
chp jsc ojsc cjsc pjsc ojs jsco ооо оао зао пао ао нпао ип тоо тов чп уп фоп прат пп kk gk yk godo gokaisha
kabushikikaisha kabushikigaisha kaisha pt tbk persero ptpersero tnhh fze fzco fzc fz fzllc dmcc dwcllc wll spc est
establishment estb sole soleproprietorship bsc bscc kscc ksc saog saoc sal sae scc psc qpsc qsc jafza
limitedliabilitycompany limitedpartnership generalpartnership jointstockcompany opc
"""
_AT_THE_END = frozenset(_ENDINGS.split())
_LONGEST_FORM = 7  # words: S. de R. L. de C. V.

# Put before the name; only forms that are no words or initials anywhere.
_BEGINNINGS = "pt ooo oao zao pao ооо оао зао пао тоо uab congtytnhh congtycophan congtycp messrs"
_IN_FRONT = frozenset(_BEGINNINGS.split())
_LONGEST_IN_FRONT = 4

_CHINESE_AT_THE_END = re.compile(
    "(?:有限责任公司|有限責任公司|股份有限公司|有限公司|股份公司|责任公司|公司|有限合伙|株式会社|株式會社|有限会社|合同会社|合资会社|주식회사|유한회사)$"
)
_CHINESE_IN_FRONT = re.compile("^(?:株式会社|株式會社|有限会社|合同会社|주식회사|유한회사)")
# Signs for 株式会社 and 주식회사, once folded.
_IN_BRACKETS = re.compile(r"\((?:株|有|주|유)\)")
_MESSRS = re.compile(r"^\W*m/s\b")
_DOTS = re.compile("[.'’`´]")
_LITTLE_WORDS = frozenset({"the", "and", "und", "et"})
_WORD = re.compile(r"[^\W_]+")


def strip_legal_form(name: str) -> str:
    """Return the folded letters and digits of `name` without its legal form, "the" and "and"; may be empty."""
    return "".join(name_words(name))


def has_legal_form(name: str) -> bool:
    """Whether a text says a legal form as names of companies do, before the name or behind it."""
    words = _words(name)
    return _strip_front(_strip_end(words)) != words


def name_words(name: str) -> list[str]:
    """Return the folded words of `name` without its legal form, "the" and "and"; may be empty."""
    return _strip_front(_strip_end(_words(name)))


def _words(name: str) -> list[str]:
    folded = _IN_BRACKETS.sub(" ", _MESSRS.sub("", fold(name)))
    return [word for word in _WORD.findall(_DOTS.sub("", folded)) if word not in _LITTLE_WORDS]


def _strip_end(words: list[str]) -> list[str]:
    while shorter := _one_less(words):
        words = shorter
    return words


def _one_less(words: list[str]) -> list[str]:
    """Return `words` without the form they end in; [] where there is none, or nothing else."""
    for length in range(min(_LONGEST_FORM, len(words) - 1), 0, -1):
        if "".join(words[-length:]) in _AT_THE_END:
            return words[:-length]
    last = strip_chinese_form(words[-1]) if words else ""
    if words and last != words[-1]:
        return [*words[:-1], last] if last else words[:-1]
    return []


def strip_chinese_form(name: str) -> str:
    """Return a run of Chinese, Japanese or Korean without the legal form before or after it; may be empty."""
    return _CHINESE_AT_THE_END.sub("", _CHINESE_IN_FRONT.sub("", name))


def _strip_front(words: list[str]) -> list[str]:
    for length in range(min(_LONGEST_IN_FRONT, len(words) - 1), 0, -1):
        if "".join(words[:length]) in _IN_FRONT:
            return words[length:]
    return [_CHINESE_IN_FRONT.sub("", words[0]), *words[1:]] if words else []
