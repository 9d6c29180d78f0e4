"""Empties a folder that a hostile program has filled."""
import os
import stat
import sys


def sweep(root):
    """Removes everything in `root`. Depth costs no stack and no long path: folders inside a folder are moved up to
    the root, where their turn comes."""
    _restore(root)
    top = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    moved = 0
    try:
        pending = os.listdir(top)
        while pending:
            name = pending.pop()
            try:
                os.unlink(name, dir_fd=top)
                continue
            except OSError:
                if not _is_folder(name, top):
                    raise
            folder = _open_folder(name, top)
            try:
                for child in os.listdir(folder):
                    if not _is_folder(child, folder):
                        os.unlink(child, dir_fd=folder)
                        continue
                    moved += 1
                    _open_wide(child, folder)
                    place = ".swept-%d" % moved
                    while _is_there(place, top):
                        place += "-"
                    os.rename(child, place, src_dir_fd=folder, dst_dir_fd=top)
                    pending.append(place)
            finally:
                os.close(folder)
            os.rmdir(name, dir_fd=top)
    finally:
        os.close(top)


def _restore(root):
    """The folder itself stays: what a program has noted on it would be there for the next one."""
    if stat.S_IMODE(os.stat(root).st_mode) != 0o700:
        os.chmod(root, 0o700)
    if hasattr(os, "listxattr"):
        for name in _notes(root):
            os.removexattr(root, name)


def _notes(root):
    try:
        return [name for name in os.listxattr(root) if name.startswith("user.")]
    except OSError:
        # This file system keeps none.
        return []


def _is_there(name, parent):
    # A program may have taken any name, that of the folder which is being emptied among them.
    try:
        os.stat(name, dir_fd=parent, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True


def _is_folder(name, parent):
    return stat.S_ISDIR(os.stat(name, dir_fd=parent, follow_symlinks=False).st_mode)


def _open_wide(name, parent):
    # Moving a folder writes its `..`, which takes the right to write into it.
    if os.stat(name, dir_fd=parent).st_mode & 0o700 != 0o700:
        os.chmod(name, 0o700, dir_fd=parent)


def _open_folder(name, parent):
    _open_wide(name, parent)
    return os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=parent)


if __name__ == "__main__":
    sweep(sys.argv[1])
