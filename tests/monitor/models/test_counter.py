import pytest
from django.db import IntegrityError, transaction

from monitor.models import Counter, Document
from tests.builders import make_document, make_platform, rolled_back


@pytest.mark.django_db(transaction=True)
def test_a_number_is_taken_only_inside_the_transaction_that_uses_it():
    with pytest.raises(RuntimeError):
        Counter.take("V")


@pytest.mark.django_db
def test_numbers_are_counted_by_letter_and_many_may_be_taken():
    with transaction.atomic():
        assert list(Counter.take("V", 3)) == [1, 2, 3]
        assert list(Counter.take("C")) == [1]
        assert list(Counter.take("V")) == [4]


@pytest.mark.django_db
def test_a_number_is_lost_with_its_transaction_and_given_again():
    with rolled_back():
        assert make_document().number == 1
    assert make_document().number == 1


@pytest.mark.django_db
def test_saving_again_keeps_the_number():
    document = make_document()
    document.name = "Other"
    document.save()
    assert Document.objects.get().public_id == document.public_id == "D-00001"


@pytest.mark.django_db
def test_a_record_that_cannot_be_saved_takes_no_number():
    platform = make_platform()
    make_document(platform, slug="terms")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_document(platform, slug="terms")
    assert make_document().number == 2
