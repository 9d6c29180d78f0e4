"""Stands for a program that runs elsewhere: passes on what it reads and what the program prints, and ends as that does.

It is started with the path of a socket. What comes from there is in frames: a letter, a length, so many bytes.
"""
import os
import socket
import struct
import sys
import threading

_HEADER = struct.Struct(">cI")


def _exactly(line, size):
    parts = []
    while size > 0:
        part = line.recv(min(size, 1 << 16))
        if not part:
            # The other side is gone, and with it the program.
            os._exit(70)
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _pass_on(line):
    try:
        while True:
            part = os.read(0, 1 << 16)
            if not part:
                line.shutdown(socket.SHUT_WR)
                return
            line.sendall(part)
    except OSError:
        # The program is over; its status is on its way.
        return


def _write(file, rest):
    while rest:
        rest = rest[os.write(file, rest):]


def _main():
    line = socket.socket(socket.AF_UNIX)
    line.connect(sys.argv[1])
    threading.Thread(target=_pass_on, args=(line,), daemon=True).start()
    while True:
        kind, size = _HEADER.unpack(_exactly(line, _HEADER.size))
        body = _exactly(line, size)
        try:
            if kind == b"o":
                _write(1, body)
            elif kind == b"c":
                os.close(1)
            elif kind == b"e":
                _write(2, body)
        except OSError:
            # Nobody reads it any more.
            os._exit(141)
        if kind == b"x":
            os._exit(body[0])


_main()
