"""E-mail and web addresses: checked, so that what is stored may go into a mail program or a browser.

Nothing passes that could smuggle in a second recipient, a header, a script or a user name that looks like a host.
"""

from __future__ import annotations

import re
from typing import NoReturn
from urllib.parse import SplitResult, urlsplit

from .messages import N_, Problem
from .text import clean, fold_width

_HOST_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
# The last label holds a letter, so that 127.0.0.1 and 1.2 are no names of hosts.
_HOST = re.compile(rf"(?:{_HOST_LABEL}\.)+(?=[^.]*[^\W\d_]){_HOST_LABEL}")
# Without ? and %, which would start the fields of a mailto: link, and without quoted names, which nobody uses.
_MAILBOX = re.compile(r"[\w+'&=/~#!$*^{|}-]+(?:\.[\w+'&=/~#!$*^{|}-]+)*")
_LONGEST_MAILBOX = 64
_LONGEST_EMAIL = 254
_LONGEST_HOST = 253

_NAMED_ADDRESS = re.compile(r"[^<>@]*<\s*([^<>\s]+)\s*>")


def check_email(text: str) -> str:
    """Return one e-mail address in lower case. Raises Problem for anything else, several addresses included."""
    shown = clean(text)
    address = fold_width(clean(text, lines=True)).lower().removeprefix("mailto:")
    if named := _NAMED_ADDRESS.fullmatch(address):
        address = named[1]
    mailbox, _, host = address.rpartition("@")
    if mailbox.count("@") and re.search(r"[\s,;]", address):
        raise Problem(N_("“{text}” holds more than one e-mail address. Give each its own line."), text=shown)
    valid = _MAILBOX.fullmatch(mailbox) and _is_host(host)
    if not valid or len(mailbox) > _LONGEST_MAILBOX or len(address) > _LONGEST_EMAIL:
        raise Problem(N_("“{text}” is no e-mail address. Write it like name@company.com."), text=shown)
    return address


def _is_host(host: str) -> bool:
    return len(host) <= _LONGEST_HOST and _HOST.fullmatch(host) is not None


_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
_NEVER_IN_URL = re.compile(r"[\s\\\"<>^`{|}\u2400-\u2421\ufffd]")


def check_url(text: str) -> str:
    """Return a web address with its scheme, https unless http was written. Raises Problem for all other schemes."""
    shown = clean(text)
    split = _split_url(fold_width(shown))
    if split is None:
        _refuse_url(shown)
    path = "" if split.path == "/" and not split.query and not split.fragment else split.path
    return split._replace(netloc=split.netloc.lower(), path=path).geturl()


def _refuse_url(shown: str) -> NoReturn:
    raise Problem(N_("“{text}” is no web address. Write it like https://company.com."), text=shown)


def _split_url(address: str) -> SplitResult | None:
    """The parts of an address that may be opened, else None."""
    if _NEVER_IN_URL.search(address):
        return None
    try:
        split = urlsplit(address if _SCHEME.match(address) else f"https://{address}")
        port = split.port
    except ValueError:
        return None
    host = split.netloc if port is None else split.netloc.removesuffix(f":{port}")
    return split if split.scheme in ("http", "https") and _is_host(host) else None


_LINKEDIN_HOST = re.compile(r"(?:[a-z]{2,3}\.)?linkedin\.(?:com|cn)")
_LINKEDIN_PAGE = re.compile(r"/(?:in|pub|company|school|showcase)/[^/?#]+", re.IGNORECASE)
_LINKEDIN_NAME = re.compile(r"@?([\w-]{3,100})")


def check_linkedin(text: str) -> str:
    """Return the address of a LinkedIn page, of a person's own name there too; tracking is cut off. Raises Problem."""
    shown = clean(text)
    if name := _LINKEDIN_NAME.fullmatch(shown):
        return f"https://www.linkedin.com/in/{name[1]}"
    written = f"www.linkedin.com/{shown.lstrip('/')}" if re.match(r"/?(?:in|company)/", shown) else fold_width(shown)
    split = _split_url(written)
    page = split and _LINKEDIN_HOST.fullmatch(split.netloc.lower()) and _LINKEDIN_PAGE.match(split.path)
    if not page:
        raise Problem(
            N_("“{text}” is no LinkedIn page. Paste the address of the person's or company's page."), text=shown
        )
    return f"https://www.linkedin.com{page[0]}"


# Anybody can have an address there, so two customers sharing one of these domains have nothing in common.
_FREE_MAIL = """
gmail.com googlemail.com icloud.com me.com mac.com aol.com aim.com msn.com rocketmail.com ymail.com fastmail.com
fastmail.fm proton.me protonmail.com protonmail.ch pm.me tutanota.com tuta.io zohomail.com hey.com mail.com email.com
usa.com inbox.com hushmail.com comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net
earthlink.net shaw.ca rogers.com sympatico.ca telus.net btinternet.com sky.com talktalk.net virginmedia.com
ntlworld.com blueyonder.co.uk bigpond.com optusnet.com.au xtra.co.nz web.de t-online.de freenet.de arcor.de 1und1.de
bluewin.ch aon.at chello.at orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr bbox.fr skynet.be telenet.be
ziggo.nl kpnmail.nl planet.nl xs4all.nl libero.it virgilio.it tiscali.it alice.it tin.it terra.es telefonica.net
sapo.pt wp.pl onet.pl o2.pl interia.pl op.pl seznam.cz centrum.cz azet.sk freemail.hu citromail.hu abv.bg mail.bg
mail.ru inbox.ru list.ru bk.ru internet.ru rambler.ru ya.ru ukr.net i.ua meta.ua tut.by mail.kz uol.com.br bol.com.br
terra.com.br ig.com.br globo.com prodigy.net.mx walla.com walla.co.il 013.net rediffmail.com rediff.com sify.com
indiatimes.com naver.com hanmail.net daum.net nate.com kakao.com docomo.ne.jp ezweb.ne.jp softbank.ne.jp nifty.com
hinet.net pchome.com.tw netvigator.com singnet.com.sg qq.com foxmail.com vip.qq.com 163.com vip.163.com 126.com
yeah.net sina.com sina.cn vip.sina.com sohu.com tom.com 21cn.com aliyun.com 139.com 189.cn wo.cn emirates.net.ae
eim.ae telkomsa.net mweb.co.za vodamail.co.za webmail.co.za
"""
_FREE_MAIL_DOMAINS = frozenset(_FREE_MAIL.split())
_FREE_MAIL_BRANDS = re.compile(r"(?:yahoo|hotmail|outlook|live|gmx|yandex|windowslive)\.(?:[a-z]{2,3}|com?\.[a-z]{2})")


def is_free_mail(domain: str) -> bool:
    """Whether anybody can have an address at `domain` (gmail.com, qq.com ...), so that it names no company."""
    name = domain.lower()
    return name in _FREE_MAIL_DOMAINS or _FREE_MAIL_BRANDS.fullmatch(name) is not None


def domain_of(address: str) -> str:
    """Return the domain of an e-mail or web address in lower case, without www; "" where there is none."""
    text = fold_width(clean(address))
    if "@" in text and "://" not in text:
        host = text.rpartition("@")[2].lower()
        return host if _is_host(host) else ""
    split = _split_url(text)
    return (split.hostname or "").removeprefix("www.") if split else ""
