"""Time stamps of an outside authority on the roots (RFC 3161): that they existed, by a clock that is not ours."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from cryptography.x509 import load_pem_x509_certificates
from django.conf import settings
from django.db.models import Q
from rfc3161_client import (
    HashAlgorithm,
    TimeStampRequest,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from monitor import fetching
from monitor.core.asking import Asking
from monitor.core.normalize import sha256
from monitor.fetching import FetchError, Limits
from monitor.identity import user_agent
from monitor.models import Root

_AGAIN = timedelta(hours=1)
_MOST_BYTES = 200_000
_SECONDS = 30


class NotStamped(Exception):
    """The authority gave no time stamp that holds; the message is one line."""


def stamp_pending(now: datetime) -> Root | None:
    """Have the latest root stamped, where an authority is set and it has no stamp yet; else None.

    A try is claimed for an hour: whoever comes meanwhile leaves it alone. Raises NotStamped.
    """
    root = Root.objects.order_by("-on").first() if settings.TIMESTAMP_URL else None
    if root is None or root.stamp is not None:
        return None
    is_free = Q(stamp_tried_at=None) | Q(stamp_tried_at__lt=now - _AGAIN)
    if not Root.objects.filter(is_free, pk=root.pk, stamp=None).update(stamp_tried_at=now):
        return None
    stamp = _asked(root.manifest.encode())
    Root.objects.filter(pk=root.pk, stamp=None).update(stamp=stamp, stamp_sha256=sha256(stamp))
    return root


def stamped_hash(stamp: bytes) -> str:
    """The SHA-256 (hex) that a stored answer stamps; empty where it cannot be read or is of another kind."""
    try:
        return decode_timestamp_response(stamp).tst_info.message_imprint.message.hex()
    except ValueError:
        return ""


def stamped_at(stamp: bytes) -> datetime:
    """The moment that a stored answer states."""
    return decode_timestamp_response(stamp).tst_info.gen_time


def _asked(body: bytes) -> bytes:
    """The answer of the authority on these bytes, checked against the question. Raises NotStamped."""
    question = TimestampRequestBuilder().data(body).hash_algorithm(HashAlgorithm.SHA256).build()
    limits = Limits(_MOST_BYTES, _SECONDS, user_agent(), settings.FETCH_ALLOW_PRIVATE)
    asking = Asking(headers={"Content-Type": "application/timestamp-query"}, body=question.as_bytes())
    try:
        answer = fetching.get(settings.TIMESTAMP_URL, limits, asking, _refuse_hop)
    except FetchError as error:
        raise NotStamped(f"the time stamp authority gave no answer: {error}") from error
    if answer.status != 200:
        raise NotStamped(f"the time stamp authority answered with status {answer.status}")
    try:
        response = decode_timestamp_response(answer.body)
        _check(question, response, body)
    except (ValueError, VerificationError) as error:
        raise NotStamped("the answer of the time stamp authority does not hold") from error
    return answer.body


def _refuse_hop(_: str) -> None:
    raise fetching.Refused("it redirects to another address, which the question is not sent to")


def _check(question: TimeStampRequest, response: TimeStampResponse, body: bytes) -> None:
    """That an answer is one to the question and, where its certificates are set, signed by the authority."""
    info = response.tst_info
    if info.message_imprint.message.hex() != sha256(body) or info.nonce != question.nonce:
        raise VerificationError("an answer to another question")
    if settings.TIMESTAMP_CERTIFICATES:
        verifier = VerifierBuilder.from_request(question)
        for certificate in load_pem_x509_certificates(Path(settings.TIMESTAMP_CERTIFICATES).read_bytes()):
            verifier = verifier.add_root_certificate(certificate)
        verifier.build().verify_message(response, body)
