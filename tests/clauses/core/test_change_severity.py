import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.core.change_rubric_file import load_change_rubric, shipped_change_rubric
from clauses.core.compare import compare
from clauses.core.tables import TaxonomyError
from clauses.core.values import Reason, severity_rank
from tests.clauses.core.invented import clause, document, fact

OPPOSITE = {"adverse": "favorable", "favorable": "adverse", "neutral": "neutral", "mixed": "mixed"}


def comparison(old, new):
    """The comparison of two documents, each given as a clause, several or None."""
    sides = [
        document(*([] if side is None else [side] if not isinstance(side, list) else side))
        for side in (old, new)
    ]
    return compare(*sides, subject="Northlight")


def keeps(value, unit="day", *types):
    quote = value if unit == "" else f"{value} {unit}s"
    text = f"We keep your letters for {quote}."
    return clause(text, *types, facts=(fact(text, quote, "retention", value, unit, "your letters"),))


def figure(kind, value, unit):
    text = f"The figure that applies to you here is {value} {unit}s."
    return clause(text, facts=(fact(text, f"{value} {unit}s", kind, str(value), unit),))


@pytest.mark.parametrize(
    ("old", "new", "severity", "direction"),
    [
        (keeps("30"), keeps("5", "year"), "high", "adverse"),
        (keeps("5", "year"), keeps("30"), "high", "favorable"),
        (keeps("30"), keeps("33"), "low", "adverse"),
        (keeps("30"), keeps("indefinitely", ""), "high", "adverse"),
        (keeps("as long as necessary", ""), keeps("30"), "medium", "favorable"),
        (figure("notice_period", 30, "day"), figure("notice_period", 7, "day"), "medium", "adverse"),
        (figure("notice_period", 7, "day"), figure("notice_period", 30, "day"), "medium", "favorable"),
        (figure("minimum_age", 16, "year"), figure("minimum_age", 13, "year"), "medium", "adverse"),
        (figure("liability_cap", 1000, "USD"), figure("liability_cap", 100, "USD"), "high", "adverse"),
        (clause("We keep your letters."), keeps("30"), "low", "favorable"),
    ],
)
def test_a_changed_figure_is_rated_by_how_much_it_changed(old, new, severity, direction):
    found = comparison(old, new)
    assert (found.severity, found.direction) == (severity, direction)


@pytest.mark.parametrize(
    ("old", "new", "severity", "direction", "code"),
    [
        (
            "We will not sell your letters.",
            "We may sell your letters.",
            "medium",
            "adverse",
            "promise_dropped",
        ),
        (
            "We may sell your letters.",
            "We will not sell your letters.",
            "medium",
            "favorable",
            "promise_added",
        ),
        (
            "We will delete your letters.",
            "We may delete your letters.",
            "medium",
            "adverse",
            "service_weakened",
        ),
        (
            "We may delete your letters.",
            "We will delete your letters.",
            "medium",
            "favorable",
            "service_firmed",
        ),
        ("We may share your letters.", "We will share your letters.", "low", "adverse", "practice_firmed"),
        ("You may write to us in ink.", "You must write to us in ink.", "medium", "adverse", "duty_added"),
        (
            "We keep copies of letters. You can opt out in the settings.",
            "We keep copies of letters.",
            "medium",
            "adverse",
            "opt_out_dropped",
        ),
        (
            "We open letters only with your consent.",
            "We open letters.",
            "medium",
            "adverse",
            "consent_dropped",
        ),
        (
            "You grant us a license to print letters.",
            "You grant us a perpetual license to print letters.",
            "medium",
            "adverse",
            "license_breadth_added",
        ),
        (
            "We close accounts that break the rules.",
            "We close accounts at our sole discretion.",
            "medium",
            "adverse",
            "discretion_added",
        ),
        (
            "We share letters with carriers.",
            "We share letters with carriers and data brokers.",
            "medium",
            "adverse",
            "audience_added",
        ),
    ],
)
def test_changed_words_are_rated_and_quoted(old, new, severity, direction, code):
    found = comparison(clause(old), clause(new))
    assert (found.severity, found.direction) == (severity, direction)
    reason = next(reason for reason in found.changes[0].reasons if reason.code == code)
    assert reason.quote in old or reason.quote in new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Our office is in Lisbon.", "Our new office is in Porto."),
        ("We value your trust in our couriers.", "We cherish your trust in our couriers."),
        ("Stamps let us sort your letters.", "We use stamps to sort your letters."),
    ],
)
def test_a_rewording_without_a_factor_has_no_severity_and_says_so_without_points(old, new):
    change = comparison(clause(old, "data_security"), clause(new, "data_security")).changes[0]
    assert (change.severity, change.direction) == ("none", "neutral")
    assert [(reason.code, reason.points, reason.quote) for reason in change.reasons] == [("no_rule", 0, new)]


def test_an_opt_out_that_comes_with_the_permission_is_no_gain():
    found = comparison(
        clause("We will not use your letters to train models.", "ai_training"),
        clause("We may use your letters to train models unless you opt out.", "ai_training"),
    )
    assert (found.severity, found.direction) == ("high", "adverse")


def test_a_purpose_that_a_lost_promise_had_excluded_is_no_gain():
    found = comparison(
        clause(
            "We will not use letters unless flagged, and then for training models of safety.", "ai_training"
        ),
        clause("We may use letters to improve what we do.", "ai_training"),
    )
    assert found.direction == "adverse"


def test_a_first_arbitration_clause_is_high_and_another_one_is_not():
    rest = clause("We bill you monthly.")
    first = clause("Quarrels go to an arbiter of our guild.", "arbitration")
    second = clause("The guild's arbiter sits in the harbor town each spring.", "arbitration")
    assert comparison(rest, [rest, first]).severity == "high"
    assert comparison([rest, first], rest).direction == "favorable"
    assert comparison([rest, first], [rest, first, second]).severity == "low"


def test_an_added_clause_weighs_what_its_own_rating_says_less_where_its_types_were_known():
    text = "We may end your account whenever the tide turns."
    costly = clause(text, "account_termination", severity="high", reasons=[Reason("any", 5, "whenever")])
    other = clause("Accounts end by letter.", "account_termination")
    fresh, known = comparison(None, costly), comparison(other, [other, costly])
    assert severity_rank(fresh.severity) >= severity_rank(known.severity) > 0
    assert fresh.changes[0].reasons[0].quote in text


def test_a_clause_of_a_type_is_not_severe_for_its_type_alone():
    found = comparison(None, clause("Letters are carried in sealed bags.", "data_security"))
    assert (found.severity, found.direction) == ("none", "neutral")


DAYS = st.integers(1, 4000)


@given(DAYS, DAYS)
def test_swapping_the_sides_of_a_figure_swaps_the_direction_and_keeps_the_severity(left, right):
    there, back = (
        comparison(keeps(str(left)), keeps(str(right))),
        comparison(keeps(str(right)), keeps(str(left))),
    )
    assert there.severity == back.severity
    assert there.direction == OPPOSITE[back.direction]


@given(DAYS, DAYS, DAYS)
def test_severity_never_falls_when_a_retention_period_grows(old, one, other):
    less, more = sorted((one, other))
    if old <= less:
        small, large = (
            comparison(keeps(str(old)), keeps(str(less))),
            comparison(keeps(str(old)), keeps(str(more))),
        )
        assert severity_rank(small.severity) <= severity_rank(large.severity)


@given(DAYS, DAYS, DAYS)
def test_severity_never_falls_when_a_notice_period_shrinks(old, one, other):
    less, more = sorted((one, other))
    if more <= old:
        was = figure("notice_period", old, "day")
        small = comparison(was, figure("notice_period", more, "day"))
        large = comparison(was, figure("notice_period", less, "day"))
        assert severity_rank(small.severity) <= severity_rank(large.severity)


SENTENCES = st.lists(
    st.sampled_from(
        [
            "We may share your letters with data brokers.",
            "We will not sell your letters.",
            "You can opt out in the settings.",
            "You must pay in advance.",
            "We will notify you a week before.",
            "We keep letters in a dry place.",
        ]
    ),
    max_size=4,
).map(" ".join)


@given(SENTENCES, SENTENCES)
def test_every_severity_has_reasons_quoted_from_one_side_and_none_has_none(old, new):
    for change in comparison(clause(old, "data_security"), clause(new, "data_security")).changes:
        assert any(reason.points for reason in change.reasons) == (change.severity != "none")
        for reason in change.reasons if change.severity != "none" else ():
            assert reason.points > 0
            assert reason.quote
            assert reason.quote in old or reason.quote in new


def test_the_shipped_rubric_has_a_phrase_or_name_for_each_factor_and_a_version():
    rubric = shipped_change_rubric()
    assert rubric.version
    assert len({rule.code for rule in rubric.words}) == len(rubric.words)
    assert rubric.severity(rubric.high) == "high"
    assert rubric.severity(rubric.low - 1) == "none"


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"version = ''", "high"),
        (b"surprise = 1", "surprise"),
        (b"\xff", "readable"),
        (b"high = 1\nmedium = 3\nlow = 2", "high"),
    ],
)
def test_a_broken_rubric_is_refused_by_the_name_of_its_key(content, named):
    with pytest.raises(TaxonomyError, match=named):
        load_change_rubric(content)


def test_a_cap_in_months_is_compared_with_months_and_not_with_the_dollars_beside_it():
    def cap(words, *figures):
        text = f"Our liability is capped at {words}."
        facts = (fact(text, f"{n} {unit}s", "liability_cap", n, unit) for n, unit in figures)
        return clause(text, facts=tuple(facts))

    old = cap("the fees of 10 months", ("10", "month"))
    new = cap("40 dollars or the fees of 2 months", ("40", "dollar"), ("2", "month"))
    codes = {reason.code for reason in comparison(old, new).changes[0].reasons}
    assert {"liability_cap_lowered", "liability_cap_stated"} <= codes
