from clauses.core.align import align
from tests.clauses.core.invented import passages
from tests.clauses.core.test_align import kinds

BEFORE, AFTER = "Boats are moored.", "Ships sink."


def test_a_clause_in_two_parts_is_split_and_the_reverse_merged():
    whole = (
        "We moor your boat at the north quay each winter. The harbor master inspects every hull in spring."
    )
    parts = [
        "We moor your boat at the north quay each winter.",
        "The harbor master inspects every hull in spring.",
    ]
    assert kinds([whole], parts) == [("split", (0,), (0, 1))]
    assert kinds(parts, [whole]) == [("merged", (0, 1), (0,))]


def test_a_paragraph_turned_into_a_list_is_split_though_no_item_is_like_it():
    items = [
        "we pass your name to the pilot who boards your ship",
        "we pass its draft to the master of the lock",
        "we pass the cargo list to the customs house",
        "we pass your arrears to the collector of dues",
        "we pass news of your arrival to the harbor gazette",
    ]
    whole = "So that the harbor works, " + ", ".join(items) + "."
    found = kinds(["Boats are moored.", whole, "Ships sink."], ["Boats are moored.", *items, "Ships sink."])
    assert ("split", (1,), (1, 2, 3, 4, 5)) in found
    found = kinds(["Boats are moored.", *items, "Ships sink."], ["Boats are moored.", whole, "Ships sink."])
    assert ("merged", (1, 2, 3, 4, 5), (1,)) in found


def test_the_larger_piece_of_a_split_goes_on_with_the_record():
    whole = "Boats are moored at the quay. The harbor master inspects every hull and every sail in spring."
    parts = whole.split(". ")
    (pair,) = align(passages(whole), passages(*parts))
    assert (pair.kind, pair.successor) == ("split", (0, 1))


def test_neighbors_rewritten_as_one_clause_are_merged_though_none_is_like_it_alone():
    parts = [
        "Our use of letters. We may read letters to run the post and to plan new routes. We will not train our "
        "clerks on any letter that is not public, except in two cases:",
        "If you send us advice (by letter or otherwise), we may use that advice as said in Section 5 (Advice).",
        "If your letters are held by the watch, we may read those letters to find more breaches of the harbor "
        "rules, also by training clerks for the watch, as our duty to the town asks.",
    ]
    whole = (
        "Our use of letters. We may read letters to run the post, also to train clerks, unless you refuse it at "
        "the desk of the town hall. Even if you refuse it there, we will train on letters when (1) you send us "
        "advice on anything, by letter or otherwise, or (2) your letters are held by the watch to find breaches "
        "that harm the harbor, to uphold what the rules ask, or to further the study of how to keep ships safe."
    )
    assert ("merged", (1, 2, 3), (1,)) in kinds([BEFORE, *parts, AFTER], [BEFORE, whole, AFTER])
    assert ("split", (1,), (1, 2, 3)) in kinds([BEFORE, whole, AFTER], [BEFORE, *parts, AFTER])


def test_a_sentence_that_becomes_a_clause_of_its_own_with_another_sense_is_a_part_of_the_split():
    old = (
        "To find breaches of these rules. For that we keep your letters for thirty days. We do not use your "
        "letters to teach or improve our clerks."
    )
    keeping = "Find breaches of these rules. For that we keep your letters for thirty days, and,"
    teaching = "Improve, examine or teach our clerks."
    assert ("split", (1,), (1, 2)) in kinds([BEFORE, old, AFTER], [BEFORE, keeping, teaching, AFTER])


def test_neighbors_removed_where_an_unrelated_clause_came_are_not_merged():
    gone = ["We read letters to run the post and to plan new routes.", "The harbor gazette prints the tides."]
    came = "Fees for a berth fall due in advance each quarter, and the master sets them anew in spring."
    found = kinds([BEFORE, *gone, AFTER], [BEFORE, came, AFTER])
    assert {kind for kind, *_ in found} == {"unchanged", "removed", "added"}
