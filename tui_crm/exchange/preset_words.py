"""What other programs' words for stages, temperatures and sources mean here; words that say nothing are kept as tags or fields."""

from __future__ import annotations

from collections.abc import Mapping

Words = Mapping[str, Mapping[str, str]]

_FUNNEL = {
    "prospecting": "new",
    "qualification": "qualified",
    "needs analysis": "qualified",
    "value proposition": "qualified",
    "identify decision makers": "qualified",
    "id. decision makers": "qualified",
    "perception analysis": "qualified",
    "proposal/price quote": "quoted",
    "proposal/quote": "quoted",
    "negotiation/review": "negotiating",
    "closed won": "ordered",
    "closed lost": "lost",
    "closed lost to competition": "lost",
}
_SOURCES = {
    "advertisement": "online",
    "cold call": "own_search",
    "employee referral": "referral",
    "external referral": "referral",
    "partner": "referral",
    "partner referral": "referral",
    "trade show": "trade_show",
    "web": "website",
    "web download": "website",
    "web research": "own_search",
    "online store": "website",
    "seminar - internal": "trade_show",
    "seminar partner": "trade_show",
    "x (twitter)": "social",
    "facebook": "social",
    "direct traffic": "website",
    "organic search": "online",
    "paid search": "online",
    "organic social": "social",
    "paid social": "social",
    "email marketing": "own_search",
    "referrals": "referral",
    "offline sources": "other",
}

WORDS: Mapping[str, Words] = {
    "google": {"tags": dict.fromkeys(("* mycontacts", "* starred", "* other contacts", "* friends"), "")},
    "outlook": {"": {"0/0/00": "", "unspecified": ""}},
    "pipedrive": {
        "stage": {
            "lead in": "new",
            "qualified": "qualified",
            "contact made": "contacted",
            "demo scheduled": "qualified",
            "proposal made": "quoted",
            "negotiations started": "negotiating",
        },
        "tags": {},
    },
    "hubspot": {
        "stage": {
            "appointment scheduled": "contacted",
            "appointmentscheduled": "contacted",
            "qualified to buy": "qualified",
            "qualifiedtobuy": "qualified",
            "presentation scheduled": "qualified",
            "presentationscheduled": "qualified",
            "decision maker bought-in": "negotiating",
            "decisionmakerboughtin": "negotiating",
            "contract sent": "negotiating",
            "contractsent": "negotiating",
            "closed won": "ordered",
            "closedwon": "ordered",
            "closed lost": "lost",
            "closedlost": "lost",
        },
        "status": {
            "open": "new",
            "attempted to contact": "new",
            "connected": "contacted",
            "open deal": "qualified",
            "unqualified": "lost",
            "bad timing": "paused",
            "subscriber": "new",
            "marketing qualified lead": "new",
            "marketingqualifiedlead": "new",
            "sales qualified lead": "qualified",
            "salesqualifiedlead": "qualified",
            "opportunity": "qualified",
            "customer": "ordered",
            "evangelist": "repeat",
        },
        "source": _SOURCES,
    },
    "salesforce": {
        "stage": _FUNNEL,
        "status": {
            "open - not contacted": "new",
            "working - contacted": "contacted",
            "working": "contacted",
            "nurturing": "contacted",
            "closed - converted": "qualified",
            "qualified": "qualified",
            "closed - not converted": "lost",
            "unqualified": "lost",
        },
        "temperature": {"hot": "hot", "warm": "potential", "cold": "cold"},
        "source": _SOURCES,
    },
    "zoho": {
        "stage": _FUNNEL,
        "status": {
            "not contacted": "new",
            "attempted to contact": "new",
            "contacted": "contacted",
            "contact in future": "paused",
            "pre-qualified": "qualified",
            "not qualified": "lost",
            "junk lead": "lost",
            "lost lead": "lost",
        },
        "source": _SOURCES,
    },
    "odoo": {"stage": {"qualified": "qualified", "proposition": "quoted", "won": "ordered"}},
    "okki": {
        "source": {
            "阿里巴巴国际站": "b2b_platform",
            "alibaba.com": "b2b_platform",
            "google搜索": "own_search",
            "名片": "trade_show",
        }
    },
}
"""Preset → field → folded word → code."""
