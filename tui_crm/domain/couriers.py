"""Couriers: the names people write for them, and how long they usually take."""

from __future__ import annotations

from collections.abc import Mapping

COURIER_DAYS: Mapping[str, int] = {"DHL": 5, "FedEx": 5, "UPS": 5, "TNT": 6, "EMS": 12, "SF": 6, "Aramex": 7}
"""Usual days from dispatch to a customer abroad, by courier; a setting."""

OTHER_COURIER_DAYS = 7

COURIERS: Mapping[str, str] = {
    **{name.casefold(): name for name in COURIER_DAYS},
    "敦豪": "DHL",
    "联邦快递": "FedEx",
    "联邦": "FedEx",
    "邮政特快": "EMS",
    "sf express": "SF",
    "顺丰": "SF",
}
"""What is understood as a courier, case folded."""


def courier_days(courier: str, usual: Mapping[str, int] = COURIER_DAYS) -> int:
    """Days that a courier, under any of its names, usually takes."""
    name = COURIERS.get(courier.strip().casefold(), courier.strip())
    return usual.get(name, OTHER_COURIER_DAYS)
