"""Tries to get out. Reads what it may not see as JSON, prints what it saw and could do."""
import json
import os
import socket
import sys

secrets = json.load(sys.stdin)
with open("/proc/self/status") as file:
    status = dict(line.rstrip("\n").split(":\t", 1) for line in file if ":\t" in line)
try:
    socket.create_connection(("127.0.0.1", secrets["port"]), 2).close()
    connected = True
except OSError:
    connected = False


def can(action, *arguments):
    try:
        action(*arguments)
        return True
    except OSError:
        return False


print(json.dumps({
    "root": 0 in (os.getuid(), os.geteuid(), os.getgid()),
    "privileged": int(status["CapEff"], 16) != 0 or int(status["CapPrm"], 16) != 0 or status["NoNewPrivs"] != "1",
    "connected": connected,
    "processes": sum(1 for name in os.listdir("/proc") if name.isdigit()),
    "seen": [path for path in secrets["paths"] if os.path.exists(path)],
    "writes": [path for path in ("/usr", "/", sys.prefix) if os.access(path, os.W_OK)],
    "signals": can(os.kill, secrets["pid"], 0),
}))
