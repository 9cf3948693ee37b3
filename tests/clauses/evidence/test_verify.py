"""The script of the bundles: its signature check against the vectors of RFC 8032, and against the library."""

from __future__ import annotations

import ast
import runpy
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from clauses.evidence import verify
from monitor.signing import public_of

# RFC 8032, section 7.1: public key, message, signature.
_VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
        "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
]


@pytest.mark.parametrize("vector", _VECTORS)
def test_the_vectors_of_the_standard_hold_and_nothing_beside_them(vector: tuple[str, str, str]) -> None:
    public, message, signature = map(bytes.fromhex, vector)
    assert verify.is_signed(public, signature, message)
    assert not verify.is_signed(public, signature, message + b"x")
    for at in (0, 31, 32, 63):
        changed = signature[:at] + bytes([signature[at] ^ 1]) + signature[at + 1 :]
        assert not verify.is_signed(public, changed, message)


@settings(max_examples=40)
@given(
    seed=st.binary(min_size=32, max_size=32), message=st.binary(max_size=300), bit=st.integers(0, 96 * 8 - 1)
)
def test_it_says_what_the_library_says(seed: bytes, message: bytes, bit: int) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = public_of(key), key.sign(message)
    assert verify.is_signed(public, signature, message)
    both = bytearray(public + signature)
    both[bit // 8] ^= 1 << bit % 8
    assert not verify.is_signed(bytes(both[:32]), bytes(both[32:]), message)


def test_a_signature_with_a_number_that_is_too_large_is_refused() -> None:
    public, message, signature = map(bytes.fromhex, _VECTORS[0])
    s = int.from_bytes(signature[32:], "little") + verify.L
    assert not verify.is_signed(public, signature[:32] + s.to_bytes(32, "little"), message)


def test_it_needs_the_standard_library_alone() -> None:
    tree = ast.parse(Path(verify.__file__).read_text(), feature_version=(3, 8))
    imported = {
        (node.module or "").split(".")[0] if isinstance(node, ast.ImportFrom) else alias.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert imported <= set(sys.stdlib_module_names)


@pytest.mark.parametrize("named", [[verify.__file__, "two.zip"], ["none.zip"]])
def test_a_second_bundle_or_none_is_refused_and_no_damage(
    monkeypatch: pytest.MonkeyPatch, named: list[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["verify.py", *named])
    with pytest.raises(SystemExit, match=r"^verify\.py: name one bundle"):
        runpy.run_path(verify.__file__, run_name="__main__")


def test_what_a_computer_puts_into_a_folder_is_no_part_of_the_bundle(tmp_path: Path) -> None:
    for name in ("README.txt", ".DS_Store", "captures/Thumbs.db", "captures/S-000001.warc.gz", "more.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    files = verify.read_bundle(tmp_path, lambda holds, words: None)
    assert sorted(files) == ["README.txt", "captures/S-000001.warc.gz", "more.txt"]
