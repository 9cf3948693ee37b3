import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clauses.core import editorial
from clauses.core.editorial import Rewording, defined_renames, edit_kind


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("We  carry mail.", "We carry mail.", "none"),
        ("4.1 We carry mail.", "4.2 We carry mail.", "renumbered"),
        ("Last updated: 3 May 2024", "Last updated: June 12, 2025", "date"),
        ("Valid from 2024-05-03.", "Valid from 2025-06-12.", "date"),
        ("We carry mail; always.", "We carry mail, always.", "editorial"),
        ("we Carry mail", "We carry Mail", "editorial"),
        ("We honour organised mail.", "We honor organized mail.", "editorial"),
        ("Send us e-mail on our web site.", "Send us email on our website.", "editorial"),
        ("We carry the mail.", "We carry mail.", "editorial"),
        ("You may write.", "You can write.", "editorial"),
        ("Northlight Labs, Inc. carries mail.", "Northlight PBC carries mail.", "editorial"),
        ("We keep mail for 30 days.", "We keep mail for 60 days.", "wording"),
        ("We keep mail for six weeks.", "We keep mail for ten weeks.", "wording"),
        ("We may read mail.", "We must read mail.", "wording"),
        ("We do not read mail.", "We do read mail.", "wording"),
        ("We read mail.", "We read any mail.", "wording"),
        ("We get mail from carriers.", "We get mail to carriers.", "wording"),
        ("The law of Iceland applies.", "The law of Norway applies.", "wording"),
    ],
)
def test_the_kind_of_an_edit(old, new, kind):
    assert edit_kind(Rewording(old, new)) == kind


def test_a_term_replaced_throughout_is_a_rename():
    rewordings = [
        Rewording("The Parcels are yours.", "The Consignments are yours."),
        Rewording("Mark all Parcels.", "Mark all Consignments."),
    ]
    renames = defined_renames(rewordings)
    assert {edit_kind(rewording, renames) for rewording in rewordings} == {"editorial"}
    assert edit_kind(rewordings[0]) == "wording"


def test_a_term_replaced_once_or_in_small_letters_is_no_rename():
    once = Rewording("The Parcels are yours.", "The Consignments are yours.")
    assert defined_renames([once]) == frozenset()
    small = [Rewording("we share it", "we sell it"), Rewording("we share all", "we sell all")]
    assert defined_renames(small) == frozenset()


@settings(max_examples=200)
@given(st.from_regex(editorial._DATE))
def test_whatever_is_a_date_is_looked_for(text):
    assert editorial._may_hold_date(text)
