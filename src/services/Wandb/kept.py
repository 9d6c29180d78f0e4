"""Folders in which runs are kept on disk, until `wandb sync` sends them one after the other."""

import glob
import os

# In a folder that is kept: the first step that it does not have.
MARK = "next-step"


def kept_folders(folder, run_id):
    """The folders beside this one in which the run is kept."""
    return glob.glob(os.path.join(glob.escape(os.path.dirname(folder)), "offline-run-*-" + run_id))


def next_after(folder, run_id):
    """The first step that no earlier folder of the run has: synced one after the other, they are the run."""
    found = 0
    for kept in kept_folders(folder, run_id):
        try:
            with open(os.path.join(kept, MARK), encoding="utf-8") as file:
                found = max(found, int(file.read()))
        except (OSError, ValueError):
            pass
    return found


def keep_next(folder, step):
    path = os.path.join(folder, MARK)
    with open(path + ".new", "w", encoding="utf-8") as file:
        file.write(str(step))
    os.replace(path + ".new", path)


def mark_synced(folder, run_id):
    """The server has the whole run now: `wandb sync` need not send it again from where it was kept."""
    for kept in kept_folders(folder, run_id):
        path = os.path.join(kept, "run-" + run_id + ".wandb")
        if os.path.exists(path):
            open(path + ".synced", "a", encoding="utf-8").close()
