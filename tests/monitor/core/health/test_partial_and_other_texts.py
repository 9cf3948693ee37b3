import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.core.health import Neighbor, judge
from tests.monitor.core.health.invented import (
    ADDRESS,
    BEDINGUNGEN,
    PLANS,
    PRIVACY,
    TERMS,
    html,
    judged,
    outcome,
    page,
    past,
)

MIDDLE = len(TERMS) // 2


def edited(parts, old, new):
    return [(tag, text.replace(old, new)) for tag, text in parts]


def without(parts, first, count):
    return parts[:first] + parts[first + count :]


@pytest.mark.parametrize("share", [0.35, 0.5, 0.7, 0.9])
def test_a_page_that_ends_in_the_middle_is_half_a_page(share):
    whole = html(TERMS, after="<footer>Foot</footer>")
    assert outcome(whole[: int(len(whole) * share)], past(TERMS)) == "partial"


def test_bytes_that_are_missing_behind_the_text_do_no_harm():
    whole = html(
        [*TERMS, ("p", "Drawings may hold sound.")], after="<footer>" + "Foot " * 50 + "</footer></body>"
    )
    assert outcome(whole[: whole.index("Foot Foot")], past(TERMS)) is None


@pytest.mark.parametrize(
    "end", ["<div class='a", "<script>let a = 1;", "<style>p { color: red", "<!-- built by"]
)
def test_a_first_page_cut_in_a_tag_or_script_is_half_a_page(end):
    whole = html(TERMS)
    cut = whole[: whole.index("<h2>5.")] + end
    assert judged(cut) == ("partial", "cut_in_tag")


def test_a_page_that_was_never_closed_is_no_cut_page():
    open_end = html([*TERMS[:-2], ("p", "The law of Norway applies, from now on.")]).replace(
        "</body></html>", ""
    )
    history = past(TERMS)
    unclosed = type(history)(
        history.text, history.title, "en", ADDRESS, lambda: history.markup().replace("</body></html>", "")
    )
    assert judged(open_end, history) == ("partial", "cut_page")
    assert judged(open_end, unclosed) is None


@pytest.mark.parametrize(
    "parts",
    [
        TERMS[:MIDDLE],
        TERMS[: int(len(TERMS) * 0.7)],
        [part for part in TERMS if part[0] in ("h1", "h2")] + TERMS[1:2],
        TERMS[:2] + TERMS[-3:],
        [*TERMS[:14], ("p", "Something went wrong while loading this part.")],
        [*TERMS[:14], ("p", "Loading…")],
    ],
    ids=["half", "without end", "headings only", "head and foot", "failed", "loading"],
)
def test_a_subset_of_the_last_text_to_which_no_word_came_is_half_a_page(parts):
    assert outcome(html(parts), past(TERMS)) == "partial"


@pytest.mark.parametrize(
    "parts",
    [
        without(TERMS, 12, 2),
        edited(without(TERMS, 12, 2), "3 March", "9 April"),
        edited(TERMS[:MIDDLE], "3 March 2025", "9 April 2025. This text is shorter, and says the same"),
        without(TERMS, 10, 3),
        edited(TERMS, "thirty", "ten"),
        TERMS[:-1],
        without(TERMS, 18, 2),
        [*TERMS, *PRIVACY],
        [*PRIVACY, *TERMS],
        [*TERMS, ("h2", "8. Sound"), ("p", "Drawings may hold sound. What you record stays yours, too.")],
        [*TERMS[::-1]],
        [(tag, text.upper()) for tag, text in TERMS],
        [("p", " ".join(text for _, text in TERMS))],
    ],
)
def test_what_an_editor_does_is_healthy(parts):
    assert outcome(html(parts), past(TERMS)) is None


def test_a_text_half_of_which_our_new_selectors_leave_out_is_healthy():
    assert outcome(html(TERMS[:MIDDLE]), past(TERMS, is_read_alike=False)) is None


@pytest.mark.parametrize(
    ("new", "old"),
    [
        (html(BEDINGUNGEN, language="de"), past(TERMS)),
        (html(BEDINGUNGEN, language="en"), past(TERMS)),
        (html(TERMS), past(BEDINGUNGEN, language="de")),
        (html([("p", "Wir bewahren alles auf.")], language="de"), past([("p", "We keep all of it.")])),
    ],
)
def test_a_text_in_another_language_is_held_back(new, old):
    assert judged(new, old) == ("other_language", "language")


@pytest.mark.parametrize(
    ("new", "old"),
    [
        (html(TERMS, language="de"), past(TERMS[:-1])),
        (html([*TERMS, *BEDINGUNGEN]), past(TERMS)),
        (html([("p", "We keep nothing.")], language="de"), past([("p", "We keep all of it.")])),
        (html([("p", "Okapi.")], language="sv"), past([("p", "One.")], language="sv")),
    ],
)
def test_a_frame_that_states_another_language_is_no_other_language(new, old):
    assert outcome(new, old) is None


@pytest.mark.parametrize(
    ("was", "came", "is_elsewhere"),
    [
        ("/en-us/terms", "/de-de/terms", True),
        ("/us/terms", "/at/terms", True),
        ("/us/en/terms", "/us/fr/terms", True),
        ("/terms?hl=en", "/terms?hl=fr", True),
        ("/hc/en-us/articles/1", "/hc/de/articles/1", True),
        ("/support/hc/en-us/1", "/support/hc/de/1", True),
        ("/terms", "/en-us/terms", False),
        ("/en-us/terms", "/en-us/terms", False),
        ("/en-us/terms", "/en-us/terms-of-use", False),
        ("/en/terms", "/en-us/terms", False),
        ("/en_US/terms", "/en/terms", False),
        ("/terms?lang=en", "/en-gb/terms", False),
        ("/tc/terms", "/hc/terms", False),
        ("/en-us/terms", "/go/terms", False),
    ],
)
def test_a_redirect_to_another_region_is_told_by_its_address(was, came, is_elsewhere):
    history = past(TERMS, url=f"https://kiteboard.example{was}")
    found = judged(html(PRIVACY), history, final_url=f"https://kiteboard.example{came}")
    assert (found == ("other_language", "region")) == is_elsewhere


def test_a_text_akin_to_the_last_good_one_may_move_to_another_address():
    history = past(TERMS, url="https://kiteboard.example/en-us/terms")
    changed = html(edited(TERMS, "Austria", "Denmark"))
    assert outcome(changed, history, final_url="https://kiteboard.example/de-de/terms") is None


def test_the_text_of_a_neighbor_is_the_wrong_document():
    assert judged(html(PRIVACY), past(TERMS)) == ("wrong_document", "neighbor")
    again = html(edited(PRIVACY, "a week", "nine days"))
    assert judged(again, past(TERMS)) == ("wrong_document", "neighbor")


def test_the_reasons_name_the_neighbor_and_the_shares():
    (reason,) = judge(
        page(html(PRIVACY)), past(TERMS), lambda: [Neighbor("Privacy policy", past(PRIVACY).text)]
    ).reasons
    assert reason.words == "100 % of the text stands in Privacy policy, 0 % in the last good text"


def test_another_page_altogether_is_the_wrong_document():
    assert judged(html(PLANS), past(TERMS)) == ("wrong_document", "another_page")


REWRITTEN = [
    ("h1", "Terms for everyone at Kiteboard"),
    (
        "p",
        "These terms form an agreement between you and us. By using our tools you accept all obligations in it.",
    ),
    (
        "p",
        "You must not break any law, infringe the rights of third parties, or resell the service without consent.",
    ),
    (
        "p",
        "We grant a license to use our software for as long as this agreement lasts; all other rights remain ours.",
    ),
    (
        "p",
        "Either party may terminate. We shall give notice first unless applicable law permits otherwise at once.",
    ),
    (
        "p",
        "No warranty is given. Our liability shall not exceed fees paid. Any dispute is settled by arbitration.",
    ),
]


def test_a_rewritten_policy_is_healthy():
    assert outcome(html(REWRITTEN), past(TERMS)) is None


def test_a_first_text_has_no_past_to_be_held_against():
    for parts in (TERMS, PRIVACY, BEDINGUNGEN, PLANS, TERMS[:MIDDLE]):
        assert outcome(html(parts)) is None


def test_neighbors_are_asked_only_where_the_text_is_not_the_documents_own():
    def never():
        raise AssertionError("asked")

    assert judge(page(html(edited(TERMS, "thirty", "ten"))), past(TERMS), never) is None


@given(
    st.integers(0, len(TERMS) - 1),
    st.integers(0, 4),
    st.sampled_from(["", " Since April, this holds for sound."]),
)
@settings(max_examples=60, deadline=None)
def test_a_deleted_section_is_healthy_where_a_word_came(first, count, added):
    parts = without(TERMS, first, count)
    parts[0] = (parts[0][0], parts[0][1] + " of today, in a new wording for all" + added)
    assert outcome(html(parts), past(TERMS)) is None
