"""Good workbooks made bad: the same seed, the same files."""

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator

NUMBERS = ("-1", "0", "1e308", "NaN", "99999999999999999999", "2147483648", "１２", "")
INSERTED = (
    b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>&c;',
    b'<row r="1048576"><c r="XFD1048576"/></row>',
    b'<c r="A0"/>',
    b"\x00\xff\xfe",
    b"]]>",
    b'<mergeCell ref="A1:XFD1048576"/>',
)
TAG = re.compile(rb"<[^<>]{1,200}>")
NUMBER = re.compile(rb"[0-9]+")


def mutants(good: bytes, count: int, seed: int) -> Iterator[bytes]:
    """Each one of bytes of the container spoiled, of its members, or of their XML."""
    rng = random.Random(seed)
    ways: tuple[Callable[[bytes, random.Random], bytes], ...] = (_bytes, _members, _xml, _xml)
    for _ in range(count):
        yield rng.choice(ways)(good, rng)


def _bytes(data: bytes, rng: random.Random) -> bytes:
    spoilt = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(spoilt))
        way = rng.randrange(4)
        if way == 0:
            spoilt[at] = rng.randrange(256)
        elif way == 1:
            del spoilt[at : at + rng.randint(1, 200)]
        elif way == 2:
            spoilt[at:at] = spoilt[at : at + rng.randint(1, 200)]
        else:
            spoilt[at : at + 4] = rng.randbytes(4)
        if not spoilt:
            return b""
    return bytes(spoilt)


def _members(data: bytes, rng: random.Random) -> bytes:
    parts = _parts(data)
    names = sorted(parts)
    name = rng.choice(names)
    way = rng.randrange(4)
    if way == 0:
        del parts[name]
    elif way == 1:
        parts[name] = parts[rng.choice(names)]
    elif way == 2:
        parts[name] = b""
    else:
        parts[rng.choice(("../../a.xml", "xl/worksheets/sheet99.xml", name.upper()))] = parts[name]
    return _packed(parts)


def _xml(data: bytes, rng: random.Random) -> bytes:
    parts = _parts(data)
    name = rng.choice(sorted(n for n in parts if n.endswith((".xml", ".rels"))))
    text = parts[name]
    for _ in range(rng.randint(1, 4)):
        way = rng.randrange(5)
        tags, numbers = list(TAG.finditer(text)), list(NUMBER.finditer(text))
        if way == 0 and tags:
            tag = rng.choice(tags)
            text = text[: tag.start()] + text[tag.end() :]
        elif way == 1 and tags:
            tag = rng.choice(tags)
            text = text[: tag.end()] + tag[0] * rng.randint(1, 50) + text[tag.end() :]
        elif way == 2 and numbers:
            number = rng.choice(numbers)
            other = rng.choice(NUMBERS).encode()
            text = text[: number.start()] + other + text[number.end() :]
        elif way == 3:
            at = rng.randrange(len(text) + 1)
            text = text[:at] + rng.choice(INSERTED) + text[at:]
        else:
            text = _bytes(text, rng) if text else text
    parts[name] = text
    return _packed(parts)


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return made.getvalue()
