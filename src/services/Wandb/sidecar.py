"""Hands metrics of runs from standard input to the official client of Weights & Biases.

Lines of JSON come in: `Begin`, `Rows` and `End` of a run; see ../../domain/wandb/message.ts. Lines of JSON
go out: `Ready`, `Unready`, `Begun`, `Kept`, `Refused`, `Failed`, `Ended`; see report.ts. Keys and addresses are in the
environment, where the client looks for them. The end of the input ends this process, at the latest after a time.
"""

import json
import os
import queue
import re
import ssl
import sys
import threading
import time
import urllib.error
import urllib.request

# Where we are installed, nothing is written.
sys.dont_write_bytecode = True
from kept import keep_next, mark_synced, next_after

sys.dont_write_bytecode = False

# How long the client may look for its server before a run is kept on disk instead.
CONNECT_SECONDS = float(os.environ.get("SEIDR_WANDB_CONNECT", "10"))
# How long what is under way may take once nobody feeds this process any more.
LAST_SECONDS = float(os.environ.get("SEIDR_WANDB_LAST", "15"))
# Lines of a run that may wait; when there are more, the input waits.
ROOM = 1000

# What the client prints is not for our reader.
out = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)
lock = threading.Lock()


def tell(tag, **fields):
    with lock:
        try:
            out.write(json.dumps({"_tag": tag, **fields}) + "\n")
            out.flush()
        except OSError:
            pass  # The reader is gone, and the end of our input is near.


def reason_of(error):
    text = str(error).strip() or type(error).__name__
    return " ".join(text.split())[:500]


try:
    import wandb
except Exception as error:
    tell("Unready", why="package", reason=reason_of(error))
    sys.exit(0)

MODE = os.environ.get("WANDB_MODE") or "online"


def has_key():
    if MODE != "online":
        return True
    try:
        return wandb.login(prompt=False, verify=False)
    except TypeError:  # Before 0.30 it cannot be told not to ask, and asks nobody without a terminal.
        return wandb.login(verify=False)


def is_refusal(error):
    if isinstance(error, getattr(wandb.errors, "AuthenticationError", ())):
        return True
    return re.search(r"\b40[13]\b|API key|not logged in|permission denied", str(error)) is not None


def refusal_of(error):
    """What the server says, without the words that the client wraps it in."""
    text = reason_of(error)
    status = re.search(r"\b40[13]\b", text)
    said = re.search(r'"message":\s*"([^"]*)"', text)
    return text if status is None or said is None else status.group() + ": " + said.group(1)


def reason_of_outage():
    """Why nobody answers at the server's address; None when somebody does, whatever the answer is.

    Asked before the client is: once it has failed to open a run, it does not let go of its id.
    """
    address = os.environ.get("WANDB_BASE_URL") or "https://api.wandb.ai"
    try:
        urllib.request.urlopen(address, timeout=CONNECT_SECONDS).close()
    except urllib.error.HTTPError:
        return None
    except ssl.SSLError:
        return None
    except OSError as error:
        cause = getattr(error, "reason", error)
        return None if isinstance(cause, ssl.SSLError) else reason_of(cause)
    return None


def settings():
    wanted = {
        "console": "off",
        "disable_code": True,
        "disable_git": True,
        "disable_job_creation": True,
        "init_timeout": CONNECT_SECONDS,
        "program": "seidr",
        "reinit": "create_new",
        "save_code": False,
        "silent": True,
        "x_disable_machine_info": True,
        "x_disable_meta": True,
        "x_disable_stats": True,
        "x_save_requirements": False,
    }
    known = getattr(wandb.Settings, "model_fields", wanted)
    return wandb.Settings(**{name: value for name, value in wanted.items() if name in known})


def open_run(begin, mode):
    # A folder that is given and not there yet would be ignored.
    folder = os.environ.get("WANDB_DIR")
    if folder:
        os.makedirs(folder, exist_ok=True)
    run = wandb.init(
        id=begin["run"],
        name=begin["name"],
        project=begin["project"],
        tags=["seidr"],
        # Kept on disk, a run is whole, and takes the place of what the server has of it when it is synced.
        resume="allow" if mode == "online" else None,
        mode=mode,
        settings=settings(),
    )
    run.config.update(begin["config"], allow_val_change=True)
    return run


class Feed(threading.Thread):
    """One run, by a thread of its own: to open one may take as long as the server likes."""

    def __init__(self, begin):
        super().__init__(daemon=True)
        self.begin = begin
        self.lines = queue.Queue(ROOM)

    def run(self):
        run_id = self.begin["run"]
        try:
            opened = self.open()
            if opened is None:
                return self.drain()
            self.feed(opened)
            folder = os.path.dirname(opened.dir)
            offline = bool(opened.offline)
            opened.finish(exit_code=self.exit)
            if not offline:
                mark_synced(folder, run_id)
            tell("Ended", run=run_id, offline=offline, folder=folder)
        except Exception as error:
            tell("Failed", run=run_id, reason=reason_of(error))
            self.drain()

    def open(self):
        run_id = self.begin["run"]
        outage = reason_of_outage() if MODE == "online" else None
        try:
            opened = open_run(self.begin, MODE if outage is None else "offline")
        except Exception as error:
            if not is_refusal(error):
                raise
            tell("Refused", run=run_id, reason=refusal_of(error))
            return None
        if outage is not None:
            tell("Kept", run=run_id, reason=outage)
        elif not opened.offline:
            tell("Begun", run=run_id, address=opened.url or "")
        return opened

    def feed(self, opened):
        # Rows that the server has, or an earlier folder of the run, are not sent again.
        folder = os.path.dirname(opened.dir)
        first = next_after(folder, self.begin["run"]) if opened.offline else opened.starting_step
        self.exit = 1
        while True:
            line = self.lines.get()
            if line is None:
                return
            for row in line.get("rows", ()):
                if row["step"] >= first:
                    opened.log(row["values"], step=row["step"], commit=True)
                    first = row["step"] + 1
            if opened.offline and line.get("rows"):
                keep_next(folder, first)
            if line["_tag"] == "End":
                opened.config.update(line["config"], allow_val_change=True)
                opened.summary.update(line["summary"])
                self.exit = line["exit"]
                return

    def drain(self):
        while True:
            line = self.lines.get()
            if line is None or line["_tag"] == "End":
                return


def main():
    try:
        if not has_key():
            return tell("Unready", why="key", reason="no key")
    except Exception as error:
        return tell("Unready", why="key", reason=reason_of(error))
    tell("Ready", version=wandb.__version__)
    feeds = {}
    for text in sys.stdin:
        line = json.loads(text)
        if line["_tag"] == "Begin":
            feeds[line["run"]] = feed = Feed(line)
            feed.start()
        else:
            feeds[line["run"]].lines.put(line)
            if line["_tag"] == "End":
                feeds[line["run"]].ended = True
    last = time.monotonic() + LAST_SECONDS
    for feed in feeds.values():
        try:
            feed.lines.put(None, timeout=max(0, last - time.monotonic()))
        except queue.Full:
            pass
    for feed in feeds.values():
        feed.join(max(0, last - time.monotonic()))
    # Whoever is still at it is left behind; what it has is on disk.
    out.flush()
    os._exit(0)


main()
