"""A certificate for tests, made anew, RSA and X.509 by hand: so no key lies in the repository."""

import base64
import hashlib
import secrets
from pathlib import Path

_SHA256_RSA, _RSA, _NAME, _SAN = "1.2.840.113549.1.1.11", "1.2.840.113549.1.1.1", "2.5.4.3", "2.5.29.17"
_SHA256 = bytes.fromhex("3031300d060960864801650304020105000420")  # how its digest begins within a signature


def make(folder: Path, host: str) -> tuple[Path, Path]:
    """Writes a certificate for a host, signed by itself, and its key; returns both files."""
    p, q = _prime(), _prime()
    n, e = p * q, 65537
    d = pow(e, -1, (p - 1) * (q - 1))
    key = _sequence(*(_integer(one) for one in (0, n, e, d, p, q, d % (p - 1), d % (q - 1), pow(q, -1, p))))
    algorithm, name = (
        _sequence(_oid(_SHA256_RSA), b"\x05\0"),
        _sequence(_tagged(0x31, _sequence(_oid(_NAME), _tagged(0x0C, host.encode())))),
    )
    public = _sequence(_sequence(_oid(_RSA), b"\x05\0"), _tagged(0x03, b"\0" + _sequence(_integer(n), _integer(e))))
    valid = _sequence(_tagged(0x17, b"200101000000Z"), _tagged(0x18, b"20990101000000Z"))
    names = _sequence(_oid(_SAN), _tagged(0x04, _sequence(_tagged(0x82, host.encode()))))
    number, more = _integer(secrets.randbits(63)), _tagged(0xA3, _sequence(names))
    told = _sequence(_tagged(0xA0, _integer(2)), number, algorithm, name, valid, name, public, more)
    padded = b"\0\x01" + b"\xff" * (256 - 3 - len(_SHA256) - 32) + b"\0" + _SHA256 + hashlib.sha256(told).digest()
    signature = pow(int.from_bytes(padded), d, n).to_bytes(256)
    files = folder / f"{host}.pem", folder / f"{host}.key"
    files[0].write_text(_pem("CERTIFICATE", _sequence(told, algorithm, _tagged(0x03, b"\0" + signature))))
    files[1].write_text(_pem("RSA PRIVATE " + "KEY", key))
    return files


def _prime() -> int:
    while True:
        number = secrets.randbits(1024) | (3 << 1022) | 1
        if pow(2, number - 1, number) == 1 and pow(3, number - 1, number) == 1 and (number - 1) % 65537:
            return number


def _tagged(tag: int, content: bytes) -> bytes:
    length = len(content)
    size = b"" if length < 128 else length.to_bytes((length.bit_length() + 7) // 8)
    return bytes([tag, length if length < 128 else 128 | len(size)]) + size + content


def _sequence(*parts: bytes) -> bytes:
    return _tagged(0x30, b"".join(parts))


def _integer(number: int) -> bytes:
    return _tagged(0x02, number.to_bytes(number.bit_length() // 8 + 1))


def _oid(dotted: str) -> bytes:
    first, second, *others = (int(one) for one in dotted.split("."))
    said = bytes([first * 40 + second])
    for number in others:
        groups = [number & 0x7F]
        while number := number >> 7:
            groups.append(number & 0x7F | 0x80)
        said += bytes(reversed(groups))
    return _tagged(0x06, said)


def _pem(what: str, content: bytes) -> str:
    return f"-----BEGIN {what}-----\n{base64.encodebytes(content).decode()}-----END {what}-----\n"
