import tracemalloc

from monitor.core.health.kinship import kinship


def words(first, count):
    return " ".join(f"word{number}" for number in range(first, first + count))


def test_runs_of_five_words_are_what_two_texts_have_in_common():
    found = kinship(f"{words(0, 100)} {words(500, 100)}", words(0, 100))
    assert 0.45 < found.known < 0.55
    assert found.kept == 1


def test_words_in_another_order_are_another_text():
    assert kinship(words(0, 40), " ".join(reversed(words(0, 40).split()))).known == 0


def test_texts_too_short_for_a_run_are_compared_whole():
    assert kinship("We keep it.", "We keep it!").known == 1
    assert kinship("We keep it.", "We sell it.").known == 0
    assert kinship("", "We keep it.") == kinship("", "We keep it.")
    assert kinship("", "…").kept == 0


def test_of_vast_texts_the_beginning_stands_for_the_rest():
    new, old = words(0, 400_000), words(0, 400_000) + " end"
    tracemalloc.start()
    found = kinship(new, old)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.known == found.kept == 1
    assert peak < 40_000_000
