"""Puts the calling process into namespaces of its own, as process 1 without any privilege.

Outside: a supervisor that waits, and dies with the driver. Inside: a root made of a small memory file system, with
read-only views of what languages need. Nothing else of the host can be named from inside.
"""
import os
import signal

import identity
import kernel
from identity import INSIDE

_NAMESPACES = (
    kernel.CLONE_NEWUSER | kernel.CLONE_NEWNS | kernel.CLONE_NEWPID | kernel.CLONE_NEWNET
    | kernel.CLONE_NEWIPC | kernel.CLONE_NEWUTS | kernel.CLONE_NEWCGROUP
)
_DEVICES = ("null", "zero", "full", "urandom", "random")
_LINKS = {"fd": "/proc/self/fd", "stdin": "/proc/self/fd/0", "stdout": "/proc/self/fd/1",
          "stderr": "/proc/self/fd/2", "shm": "/tmp"}
_KEPT_FLAGS = {"nosuid": kernel.MS_NOSUID, "nodev": kernel.MS_NODEV, "noexec": kernel.MS_NOEXEC,
               "noatime": 1024, "nodiratime": 2048, "relatime": 1 << 21}


def enter(config, channel_files):
    """Returns inside only. `config` has `views` (host paths to show), `placed` (pairs of a host path and where to show
    it), `hidden` (folders that no view may show), `diskBytes` and `inodes`. The supervisor closes `channel_files`, so that their end is seen."""
    if not kernel.LINUX:
        raise OSError("this system has no namespaces")
    as_root = os.geteuid() == 0
    # Root inside is needed to reach the files of root's own Python for the views; programs get nobody's id.
    identity.unshare(_NAMESPACES, as_root, "0 0 1\n")
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    child = os.fork()
    if child:
        for file in channel_files:
            os.close(file)
        os.waitpid(child, 0)
        os._exit(0)
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    kernel.name_host(identity.HOST)
    _build_root(config)
    identity.give_up(as_root)


def _build_root(config):
    # Programs of root's are another user, who has to get through.
    os.umask(0o022)
    kernel.mount(None, "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
    safe = kernel.MS_NOSUID | kernel.MS_NODEV
    kernel.mount("tmpfs", "/tmp", "tmpfs", safe, "size=1m,nr_inodes=4096,mode=755")
    os.mkdir("/tmp/old")
    kernel.pivot_root("/tmp", "/tmp/old")
    os.chdir("/")
    for name in ("proc", "dev", "tmp", "etc"):
        os.mkdir("/" + name)
    _mount_proc()
    for path in config["views"]:
        _show(path, path)
    for path, place in config["placed"]:
        _show(path, place)
    _make_read_only()
    for secret in config["hidden"]:
        # A project may lie inside of what has to be shown, such as below /usr.
        if os.path.isdir(secret):
            kernel.mount("tmpfs", secret, "tmpfs", safe | kernel.MS_RDONLY, "size=4k,mode=000")
    for name in _DEVICES:
        identity.write("/dev/" + name, "")
        kernel.mount("/old/dev/" + name, "/dev/" + name, None, kernel.MS_BIND)
    for name, target in _LINKS.items():
        os.symlink(target, "/dev/" + name)
    identity.write("/etc/passwd", identity.PASSWD)
    kernel.unmount("/old", kernel.MNT_DETACH)
    os.rmdir("/old")
    work = "size=%d,nr_inodes=%d,mode=700,uid=%d,gid=%d"
    kernel.mount("tmpfs", "/tmp", "tmpfs", safe, work % (config["diskBytes"], config["inodes"], INSIDE, INSIDE))
    kernel.mount(None, "/", None, kernel.MS_REMOUNT | kernel.MS_RDONLY | safe, "size=1m,nr_inodes=4096,mode=755")


def _mount_proc():
    flags = kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC
    try:
        kernel.mount("proc", "/proc", "proc", flags, "subset=pid")
    except OSError:
        kernel.mount("proc", "/proc", "proc", flags)
        # What the host was started with.
        kernel.mount("/old/dev/null", "/proc/cmdline", None, kernel.MS_BIND)


def _show(path, place):
    source = "/old" + path
    os.makedirs(os.path.dirname(place), mode=0o755, exist_ok=True)
    if os.path.islink(source):
        os.symlink(os.readlink(source), place)
    elif os.path.isdir(source):
        os.mkdir(place)
        kernel.mount(source, place, None, kernel.MS_BIND | kernel.MS_REC)
    elif os.path.isfile(source):
        identity.write(place, "")
        kernel.mount(source, place, None, kernel.MS_BIND)


def _make_read_only():
    """Views keep the flags that they had: the kernel lets nobody take one off that was set outside."""
    with open("/proc/self/mountinfo") as lines:
        mounts = [line.split(" ") for line in lines]
    for fields in mounts:
        point = fields[4].encode().decode("unicode_escape")
        if point in ("/", "/proc") or point == "/old" or point.startswith("/old/"):
            continue
        flags = kernel.MS_REMOUNT | kernel.MS_BIND | kernel.MS_RDONLY | kernel.MS_NOSUID | kernel.MS_NODEV
        for option in fields[5].split(","):
            flags |= _KEPT_FLAGS.get(option, 0)
        kernel.mount(None, point, None, flags)
