#!/usr/bin/env python3
"""Check an evidence bundle of Proviso: `python3 verify.py [BUNDLE.zip or its folder]`.

Needs Python 3.8 or newer and nothing else: no network, no Proviso. Says what holds and what does not, and ends with 1
where something does not, with 2 where no signature covers all of it yet. Nothing signs record.json: what it says is
checked against what is signed, or named as not sealed. The recipe that it follows is in README.txt. Read it: it is
short so that you can.
"""

import base64
import gzip
import hashlib
import io
import json
import sys
import zipfile
from pathlib import Path

# --- Ed25519 (RFC 8032, section 5.1), for checking only ---------------------------------------------------------------
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def _x_of(y, sign):
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * ROOT % P
    if (x * x - x2) % P or (x == 0 and sign):
        return None
    return P - x if x & 1 != sign else x


def _point(encoded):
    y = int.from_bytes(encoded, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    x = _x_of(y, sign) if y < P else None
    return None if x is None else (x, y, 1, x * y % P)


def _add(a, b):
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _times(number, point):
    found = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = _add(found, point)
        point, number = _add(point, point), number >> 1
    return found


_BASE_Y = 4 * pow(5, P - 2, P) % P
_BASE_X = _x_of(_BASE_Y, 0)
BASE = (_BASE_X, _BASE_Y, 1, _BASE_X * _BASE_Y % P)


def is_signed(public, signature, message):
    """Whether a message carries an Ed25519 signature of the key with these 32 public bytes."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, r = _point(public), _point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if key is None or r is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    left, right = _times(s, BASE), _add(r, _times(k, key))
    return not any((left[i] * right[2] - right[i] * left[2]) % P for i in (0, 1))


# --- The files --------------------------------------------------------------------------------------------------------
def sha256(body):
    return hashlib.sha256(body).hexdigest()


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def packed(folder, files):
    """The bundle as it is packed: not compressed, and without times."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, body in files.items():
            info = zipfile.ZipInfo(folder + name, (1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o100644 << 16
            archive.writestr(info, body)
    return stream.getvalue()


def read_bundle(path, say):
    """The files of a bundle by name, from a folder or a ZIP."""
    if path.is_dir():
        # What a computer puts there when somebody opens the folder.
        own = {"__pycache__", ".DS_Store", "Thumbs.db", "desktop.ini"}
        found = (file for file in path.rglob("*") if file.is_file() and not own.intersection(file.parts))
        return {file.relative_to(path).as_posix(): file.read_bytes() for file in found}
    body = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        names = archive.namelist()
        files = {name.partition("/")[2]: archive.read(name) for name in names}
    say(packed(names[0].partition("/")[0] + "/", files) == body, "the ZIP is packed as it was written")
    return files


def check_sums(files, say):
    sums = dict(line.split("  ", 1)[::-1] for line in files["SHA256SUMS"].decode().splitlines())
    for name in sorted(set(sums) | (set(files) - {"SHA256SUMS"})):
        say(name in files and sums.get(name) == sha256(files[name]), f"{name} has the hash in SHA256SUMS")


def payloads(body):
    """Kind, payload and whether the digests hold of each record of a WARC file."""
    stream = io.BytesIO(gzip.decompress(body))
    while stream.readline().startswith(b"WARC/1.1"):
        headers = {}
        for line in iter(stream.readline, b"\r\n"):
            name, _, value = line.decode().partition(":")
            headers[name.strip().lower()] = value.strip()
        block = stream.read(int(headers["content-length"]))
        is_end = stream.read(4) == b"\r\n\r\n"
        kind = headers["warc-type"]
        payload = block.partition(b"\r\n\r\n")[2] if kind in ("request", "response") else block
        pairs = (("warc-block-digest", block), ("warc-payload-digest", payload))
        holds = is_end and all(name not in headers or headers[name] == _digest(part) for name, part in pairs)
        yield kind, payload, holds


def _digest(body):
    return "sha256:" + base64.b32encode(hashlib.sha256(body).digest()).decode()


def check_capture(name, manifest, files, say):
    records = list(payloads(files[f"captures/{name}.warc.gz"]))
    say(all(holds for _, _, holds in records), f"the digests in the WARC file of {name}")
    found = [sha256(body) for kind, body, _ in records if kind in ("response", "resource")]
    say(found == [manifest["bytes_sha256"]], f"the bytes of {name} are those of its manifest")
    headers = sha256(files[f"captures/{name}.headers.json"])
    say(headers == manifest["headers_sha256"], f"the headers of {name} are those of its manifest")


def check_version(name, manifest, captures, files, say):
    body = files[f"texts/{name}.txt"]
    say(sha256(body) == manifest["text_sha256"], f"the text of {name} is that of its manifest")
    outline = sha256(files[f"texts/{name}.outline"])
    say(outline == manifest["outline_sha256"], f"the outline of {name} is that of its manifest")
    text, parts = body.decode(), manifest["parts"]
    joined = "\n".join(text[part["start"] : part["end"]] for part in parts)
    is_whole = joined == text and all(part["snapshot"] in captures for part in parts)
    say(is_whole, f"the text of {name} is made of the captures in this bundle")


def check_chain(document, lines, say):
    """The last manifest of each record in a document's chain, and its hashes by position."""
    latest, hashes, before = {}, {}, None
    for line in lines:
        link = line["link"]
        name = f"link {link['position']} of the chain of {link['document']}"
        holds = sha256(canonical(link)) == line["sha256"] and link["document"] == document
        if before:
            holds = holds and (link["position"], link["previous"]) == (
                before["link"]["position"] + 1,
                before["sha256"],
            )
        if "manifest" in line:
            said = json.loads(line["manifest"])
            holds = holds and sha256(line["manifest"].encode()) == link["manifest_sha256"]
            latest[said["id"]] = said
        say(holds, name)
        before, hashes[link["position"]] = line, line["sha256"]
    return latest, hashes


def check_root(name, document, hashes, files, keys, say):
    body = files[f"roots/{name}.json"]
    root = json.loads(body)
    public = bytes.fromhex(keys.get(root["key"], ""))
    say(sha256(public) == root["key"], f"the key {root['key']} has its fingerprint")
    say(is_signed(public, files[f"roots/{name}.sig"], body), f"the root of {name} is signed by that key")
    heads = [head for head in root["heads"] if head["document"] == document]
    holds = bool(heads) and hashes.get(heads[0]["position"]) == heads[0]["sha256"]
    say(holds, f"the root of {name} names the chain of {document}")
    stamp = files.get(f"roots/{name}.tsr")
    if stamp is not None:
        say(hashlib.sha256(body).digest() in stamp, f"the time stamp is of the root of {name}")
    return heads[0]["position"] if holds else 0


def check_lists(record, latest, files, say):
    """That record.json lists just what the folders and the chain hold, and is of something in there."""
    for noun, folder, endings in (
        ("versions", "texts", (".txt", ".outline")),
        ("captures", "captures", (".warc.gz", ".headers.json")),
        ("roots", "roots", (".json", ".sig")),
    ):
        kept = [_stems(files, f"{folder}/", ending) for ending in endings]
        say(all(stems == sorted(record[noun]) for stems in kept), f"the {noun} listed are those in {folder}/")
    listed = sorted(record["versions"] + record["captures"])
    say(
        listed == sorted(latest), "the versions and captures listed are those that the chain has manifests of"
    )
    name, clauses = record["record"], {clause["record"] for clause in record["clauses"]}
    held = {"P": clauses == {name}, "D": name == record["document"]["id"]}.get(name[0], name in listed)
    if name[0] != "C":
        say(held, f"what the bundle holds is of {name}")


def _stems(files, start, ending):
    return sorted(
        name[len(start) : -len(ending)] for name in files if name.startswith(start) and name.endswith(ending)
    )


def check_clause(clause, versions, files, say):
    text = files[f"texts/{clause['version']}.txt"].decode()
    holds = clause["version"] in versions and 0 <= clause["start"] < clause["end"]
    holds = holds and text[clause["start"] : clause["end"]] == clause["quote"]
    holds = holds and sha256(clause["quote"].encode()) == clause["quote_sha256"]
    say(holds, f"{clause['record']} stands in {clause['version']} at {clause['start']} to {clause['end']}")


def unsealed(record, latest):
    """What record.json says and nothing seals: names and numbers that the site gave, and what to compare them with."""
    document = record["document"]
    pages = {page["url"] for said in latest.values() for page in said.get("parts", [said])}
    yield (
        f"that {document['id']} is {document['name']!r} of {document['platform']!r}, by the site {record['site']}; "
        f"sealed is that it was read from {', '.join(sorted(pages))}"
    )
    ids = sorted({record["record"], *(clause["record"] for clause in record["clauses"])})
    if any(name[0] in "PC" for name in ids):
        numbers = ", ".join(name for name in ids if name[0] in "PC")
        yield f"what bears the number {numbers}, and where it begins and ends; sealed is the text in which it stands"


def check(files, say):
    """Whether roots cover all of it, the keys that signed them, and what is not sealed."""
    check_sums(files, say)
    record = json.loads(files["record.json"])
    keys, document = json.loads(files["keys.json"]), record["document"]["id"]
    lines = [json.loads(line) for line in files[f"chain/{document}.jsonl"].decode().splitlines()]
    latest, hashes = check_chain(document, lines, say)
    check_lists(record, latest, files, say)
    for name in record["captures"]:
        check_capture(name, latest[name], files, say)
    for name in record["versions"]:
        check_version(name, latest[name], record["captures"], files, say)
    for clause in record["clauses"]:
        check_clause(clause, record["versions"], files, say)
    covered = [check_root(name, document, hashes, files, keys, say) for name in record["roots"]]
    signers = {json.loads(files[f"roots/{name}.json"])["key"] for name in record["roots"]}
    say(signers == set(keys), "the keys are those that signed the roots")
    wanted = [line["link"]["position"] for line in lines if "manifest" in line]
    is_covered = bool(wanted and covered) and max(wanted) <= max(covered)
    return is_covered, sorted(signers), list(unsealed(record, latest))


def tell(words):
    """A line on its own, whatever a forger wrote into it."""
    line = "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in words)
    print(line.encode(sys.stdout.encoding, "backslashreplace").decode(sys.stdout.encoding))


def main(path):
    bad = []

    def say(holds, words):
        tell(("holds           " if holds else "DOES NOT HOLD   ") + words)
        if not holds:
            bad.append(words)

    is_covered, keys, notes = False, [], []
    try:
        is_covered, keys, notes = check(read_bundle(path, say), say)
    except Exception as error:  # Damage may come as any error.
        say(False, f"the bundle can be read to its end ({type(error).__name__}: {error})")
    for words in notes:
        tell(f"NOT SEALED      {words}")
    for key in keys:
        tell(f"COMPARE         the key fingerprint {key} with those at /keys/ of the site, or noted before")
    if bad:
        print(f"{len(bad)} of the statements above do{'es' * (len(bad) == 1)} not hold.")
    elif not is_covered:
        print("NOT YET SIGNED  no root in this bundle covers all of it: export it again in a day")
    else:
        print("Everything holds that is sealed, if each key to compare is the site's.")
    return 1 if bad else 0 if is_covered else 2


if __name__ == "__main__":
    bundle = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent)
    if len(sys.argv) > 2 or not bundle.exists():
        sys.exit("verify.py: name one bundle that is there; each is checked by itself")
    sys.exit(main(bundle))
