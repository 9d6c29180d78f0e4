"""Frames between the driver and the runner: a length, a header of JSON, a body of bytes."""
import json
import os
import struct

_LENGTHS = struct.Struct(">II")
_LARGEST = 1 << 28


class Closed(Exception):
    """The driver is gone."""


class Channel:
    def __init__(self, reading, writing):
        self.reading = reading
        self.writing = writing

    def receive(self):
        header, body = _LENGTHS.unpack(self._exactly(_LENGTHS.size))
        if header + body > _LARGEST:
            raise ValueError("a frame of %d bytes" % (header + body))
        return json.loads(self._exactly(header)), self._exactly(body)

    def send(self, header, *bodies):
        self.send_all([(header, *bodies)])

    def send_all(self, frames):
        """Several frames at once, each a header and bodies: what listens is woken once."""
        view = memoryview(b"".join(map(_encoded, frames)))
        while view:
            view = view[os.write(self.writing, view):]

    def _exactly(self, size):
        parts = []
        while size > 0:
            part = os.read(self.reading, min(size, 1 << 20))
            if not part:
                raise Closed
            parts.append(part)
            size -= len(part)
        return b"".join(parts)


def _encoded(frame):
    header, *bodies = frame
    text = json.dumps(header).encode()
    return _LENGTHS.pack(len(text), sum(map(len, bodies))) + text + b"".join(bodies)
