"""Work without the collector's pauses."""

import gc
from threading import Thread

import pytest

from clauses.core.unpaused import unpaused


def test_the_collector_rests_while_the_work_lasts_and_goes_on_after_it():
    with unpaused():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_the_collector_goes_on_after_work_that_failed():
    with pytest.raises(ZeroDivisionError), unpaused():
        _ = 1 / 0
    assert gc.isenabled()


def test_the_end_of_work_that_began_meanwhile_does_not_end_the_rest():
    def other() -> None:
        with unpaused():
            pass

    with unpaused():
        meanwhile = Thread(target=other)
        meanwhile.start()
        meanwhile.join()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_collector_that_was_off_before_stays_off():
    gc.disable()
    try:
        with unpaused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
