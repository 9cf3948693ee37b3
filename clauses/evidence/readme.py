"""The page that comes with a bundle: for somebody who has to convince an opponent, and is no programmer."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings

from clauses.evidence.contents import Contents
from monitor.models import Root

_WORDS = """\
EVIDENCE BUNDLE {record}
{document}
Recorded by the Proviso site {site}

WHAT THIS IS
This folder holds what the record {record} rests on: the pages as they were served, the texts read from them, the
places of the clauses in these texts, and the seals that show that none of it was changed since it was recorded.
Nothing in it has to be taken on trust from the site, but for the limits named below.

HOW TO CHECK IT
1. Unpack it on any computer with Python 3.8 or newer, and run:   python3 verify.py
   It needs no network and no other program. Every line that begins with "holds" was computed anew from these files.
   It ends with 0 where everything holds, with 1 where something does not, and with 2 and NOT YET SIGNED where no
   signature covers all of it yet. Who hands you a forged bundle may hand you a forged script with it: take verify.py
   from a bundle that you got from the site yourself, and name the file to check:   python3 verify.py BUNDLE.zip
2. Compare each key fingerprint that it prints with those that the site publishes at {site}/keys/,
   better with one that you or somebody else noted earlier. With another key, everything could be made anew.
{stamps}
WHAT IT PROVES
- The captures are byte for byte those that the site recorded: each has the SHA-256 in its manifest.
- The texts are those that were recorded as read from them, and each clause stands in its text at the place stated.
- The records are links of a chain in the order of recording: none was changed, left out or put in later, up to the
  root of the day that covers them. {roots}

WHAT IT DOES NOT PROVE
- That the publisher served these bytes to everybody. Captures of the same page in other archives can confirm it.
- The exact moment of a capture. It is stated by the site; certain is that it was before the root that covers it was
  kept by somebody else, or stamped by an outside authority.
- The name of the platform and the document, the numbers of clauses and changes (P-…, C-…), and where a clause begins
  and ends: record.json states them, and nothing signs it. verify.py marks them NOT SEALED. Sealed are the address that
  the page was read from, the numbers of the document, its versions and captures, and the text.
- That nothing else is on record. A bundle may hold less than the site has: export it yourself.
- Legal meaning. Clause types, ratings and summaries are opinions and are not part of this bundle.

WHAT IS IN IT
captures/S-….warc.gz        the page as served, as WARC 1.1 (ISO 28500), which any web archive tool reads. Header names
                            that begin with x-archive-orig- describe the bytes on the wire; they are kept unpacked.
captures/S-….headers.json   the headers of the answer, as far as they are kept
texts/V-….txt               the text of a version, UTF-8; texts/V-….outline its headings, paragraphs and list items
record.json                 what the bundle is of, and the places of the clauses: characters from start to end, counted
                            from 0 (Unicode code points), with the words
chain/D-….jsonl             the links of the document's chain from the first one concerned; with the manifests of the
                            captures and versions in this bundle
roots/<day>.json            the root of a day as it was signed, .sig its signature, .tsr its time stamp if there is one
keys.json, keys/….pem       the public keys of the site by fingerprint
SHA256SUMS                  the hash of every file, as the tool sha256sum reads it

THE RECIPE
Canonical JSON is UTF-8 with sorted keys, no white space between its signs, and no escapes that JSON can do without.
A link is the canonical JSON under "link" in the chain file; its hash is the SHA-256 of that; it holds the hash of the
link before it, and the SHA-256 of the manifest. A manifest holds the SHA-256 of bytes, headers, text and outline. If a
record has several manifests, the last one says what holds now, and those before what was said then. A root holds the
hash of the last link of each chain that grew since the root before, and the hash of that root. It is signed with
Ed25519 (RFC 8032), over the bytes of its file. Without verify.py:
  sha256sum -c SHA256SUMS
  openssl pkeyutl -verify -rawin -pubin -inkey keys/<fingerprint>.pem -in roots/<day>.json -sigfile roots/<day>.sig
"""
_STAMPS = """\
3. A root with a time stamp can be checked against the authority that gave it, with its certificates:
   openssl ts -verify -data roots/<day>.json -in roots/<day>.tsr -CAfile <certificates of the authority>
"""


def readme(contents: Contents, roots: Sequence[Root]) -> str:
    """The page, for this record."""
    days = ", ".join(root.on.isoformat() for root in roots)
    return _WORDS.format(
        record=contents.record.public_id,
        document=f"{contents.document} ({contents.document.public_id})",
        site=settings.SITE_URL,
        roots=f"Roots in this bundle: {days}." if days else "No root covers them yet: export again in a day.",
        stamps=_STAMPS if any(root.stamp is not None for root in roots) else "",
    )
