"""The table of reasons: it keeps its own rules and agrees with the license tables."""

from curator.core import spdx
from curator.core.pd_table import EVERYWHERE, By, table
from curator.model import LicenseClass


def test_the_text_alone_is_accepted_for_dedications_and_nothing_else():
    free = {
        row.id for row in spdx.table() if row.accepted and row.cls is LicenseClass.PUBLIC_DOMAIN
    }
    spoken = {name for name, rs in table().by_license.items() if any(r.own_words for r in rs)}
    assert free == spoken
    assert not spdx.read("PD-old-100-expired").accepted


def test_what_the_table_names_is_held_without_it():
    for name, given in table().by_license.items():
        if not any(reason.own_words for reason in given):
            assert spdx.standing(name).reason == "rights.pd-reason", name


def test_the_table_keeps_its_own_rules():
    for reason in table().by_id.values():
        assert reason.own_words <= (reason.by is By.HOLDER), reason.id
        assert reason.own_words <= (reason.holds == EVERYWHERE), reason.id
        assert not reason.died or reason.made > reason.died, reason.id
        assert reason.holds <= EVERYWHERE | set().union(*table().places.values()), reason.id
        # What anybody may say and no date bears out never holds everywhere.
        if reason.by is By.ANYBODY and not reason.died:
            assert not reason.holds >= EVERYWHERE, reason.id
        if reason.by is By.INSTITUTION:
            assert reason.made or not reason.holds >= EVERYWHERE, reason.id
