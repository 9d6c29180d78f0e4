"""What may pass between the tests and the program that they test: plain values, of exactly these types."""
import json
import os
import re
import sys

_DEPTH = 100
_DIGITS = 1 << 16
_SMALL = 1 << 53
_HEX = re.compile("-?0x[0-9a-f]+$")


class Strange(Exception):
    """A value that does not pass."""


class Line:
    """Lines to and from the other side. What else the process prints goes nowhere, and nothing is there to be read."""

    def __init__(self):
        self.reading, self.writing = os.dup(0), os.dup(1)
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, 0)
        os.dup2(null, 1)
        os.close(null)
        self.rest = b""

    def receive(self, read=os.read):
        """The next line; ends the process when there is none."""
        while b"\n" not in self.rest:
            part = read(self.reading, 1 << 16)
            if not part:
                os._exit(0)
            self.rest += part
        line, _, self.rest = self.rest.partition(b"\n")
        return line.decode()

    def send(self, word, value=None, write=os.write, dumps=json.dumps):
        rest = memoryview(("%s %s\n" % (word, dumps(value))).encode("ascii"))
        while rest:
            rest = rest[write(self.writing, rest):]


def packed(value, depth=0):
    """A value as JSON can hold it. A value of a subclass becomes what it is below its own methods."""
    if depth > _DEPTH:
        raise Strange("a value that is nested too deeply")
    if value is None or value is True or value is False:
        return value
    kind = type(value)
    if kind.__module__ == "numpy" and hasattr(value, "item") and not getattr(value, "shape", True):
        value = value.item()
    if isinstance(value, int):
        number = int.__add__(value, 0)
        return number if -_SMALL < number < _SMALL else ["i", _hexadecimal(number)]
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, float):
        return ["f", float.hex(value)]
    if isinstance(value, complex):
        return ["c", [float.hex(value.real), float.hex(value.imag)]]
    if isinstance(value, (bytes, bytearray)):
        return ["b", bytes(value).hex()]
    for tag, base in (("l", list), ("t", tuple), ("s", set), ("z", frozenset)):
        if isinstance(value, base):
            return [tag, [packed(item, depth + 1) for item in base.__iter__(value)]]
    if isinstance(value, dict):
        items = list(dict.items(value))
        return ["d", [[packed(key, depth + 1), packed(item, depth + 1)] for key, item in items]]
    name = kind.__name__
    raise Strange("%s %s" % ("an" if name[:1] in "aeiouAEIOU" else "a", name))


def _hexadecimal(number):
    text = hex(number)
    if len(text) > _DIGITS:
        raise Strange("a number of far too many digits")
    return text


def _refuse(*_):
    raise ValueError("not plain")


def _small(text):
    return int(text) if len(text) < 20 else _refuse()


_decoder = json.JSONDecoder(
    parse_int=_small, parse_float=_refuse, parse_constant=_refuse, object_pairs_hook=_refuse)


def unpacked(text):
    """The value that was packed; `Strange` for anything else, whoever wrote it."""
    try:
        return _unpacked(_decoder.decode(text), 0)
    except (ValueError, TypeError, OverflowError, RecursionError):
        raise Strange("what is not a value") from None


def _unpacked(node, depth):
    if node is None or type(node) in (bool, int, str):
        return node
    if type(node) is not list or len(node) != 2 or depth > _DEPTH:
        _refuse()
    tag, body = node
    if type(body) is str:
        if tag == "i" and len(body) <= _DIGITS and _HEX.match(body):
            return int(body, 16)
        if tag == "f":
            return float.fromhex(body)
        if tag == "b":
            return bytes.fromhex(body)
    elif type(body) is list:
        if tag == "c" and len(body) == 2 and type(body[0]) is type(body[1]) is str:
            return complex(float.fromhex(body[0]), float.fromhex(body[1]))
        if tag == "d":
            return {_unpacked(key, depth + 1): _unpacked(item, depth + 1) for key, item in body}
        if tag in _MADE:
            return _MADE[tag]([_unpacked(item, depth + 1) for item in body])
    _refuse()


_MADE = {"l": list, "t": tuple, "s": set, "z": frozenset}
