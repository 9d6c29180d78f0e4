"""Tries to get out. Reads what it may not see as JSON, prints what it saw and could do."""
import ctypes
import json
import os
import socket
import sys

secrets = json.load(sys.stdin)


def can(action, *arguments):
    try:
        action(*arguments)
        return True
    except OSError:
        return False


def connect(family, address):
    with socket.socket(family, socket.SOCK_STREAM) as one:
        one.settimeout(2)
        one.connect(address)


def read(path):
    with open(path, "rb") as file:
        file.read(1)


def privileged():
    if not sys.platform.startswith("linux"):
        return False
    libc, header, data = ctypes.CDLL(None), (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    # Its effective and permitted capabilities, and whether an executable could give it more.
    unknown = libc.capget(header, data) != 0
    return unknown or any(data[i] for i in (0, 1, 3, 4)) or libc.prctl(39, 0, 0, 0, 0) != 1


print(json.dumps({
    "root": 0 in (os.getuid(), os.geteuid(), os.getgid()),
    "privileged": privileged(),
    "connected": can(connect, socket.AF_INET, ("127.0.0.1", secrets["port"])),
    "spoken": can(connect, socket.AF_UNIX, secrets["socket"]),
    "processes": sum(map(str.isdigit, os.listdir("/proc"))) if can(os.listdir, "/proc") else 0,
    "seen": [path for path in secrets["paths"] if os.path.exists(path)],
    "read": [path for path in secrets["paths"] if can(read, path)],
    "writes": [path for path in ("/usr", "/", sys.prefix, *secrets["folders"]) if can(open, path + "/x", "w")]
    + [path for path in secrets["paths"] if can(os.chmod, path, 0o600) or can(os.utime, path)],
    "signals": can(os.kill, secrets["pid"], 0),
}))
