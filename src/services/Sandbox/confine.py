"""Puts the calling process into namespaces of its own, as process 1 without any privilege.

Outside: a supervisor that waits, and dies with the driver. Inside: a root made of a small memory file system, with
read-only views of what languages need. Nothing else of the host can be named from inside.
"""
import os
import signal
import sys

import kernel
import seccomp

_NAMESPACES = (
    kernel.CLONE_NEWUSER | kernel.CLONE_NEWNS | kernel.CLONE_NEWPID | kernel.CLONE_NEWNET
    | kernel.CLONE_NEWIPC | kernel.CLONE_NEWUTS | kernel.CLONE_NEWCGROUP
)
_INSIDE = 1000
NOBODY = 65534
_DEVICES = ("null", "zero", "full", "urandom", "random")
_LINKS = {"fd": "/proc/self/fd", "stdin": "/proc/self/fd/0", "stdout": "/proc/self/fd/1",
          "stderr": "/proc/self/fd/2", "shm": "/tmp"}
_KEPT_FLAGS = {"nosuid": kernel.MS_NOSUID, "nodev": kernel.MS_NODEV, "noexec": kernel.MS_NOEXEC,
               "noatime": 1024, "nodiratime": 2048, "relatime": 1 << 21}
_PASSWD = "root:x:0:0::/:/bin/false\nrunner:x:1000:1000::/tmp:/bin/false\n"


def enter(config, channel_files):
    """Returns inside only. `config` has `system` (host paths to show in any case), `readable` (those of a language),
    `placed` (pairs of a host path and where to show it), `hidden` (paths that no view may show),
    `diskBytes` and `inodes`. The supervisor closes `channel_files`, so that their end is seen."""
    if not kernel.LINUX:
        raise OSError("this system has no namespaces")
    as_root = os.geteuid() == 0
    _new_namespaces(as_root)
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    child = os.fork()
    if child:
        for file in channel_files:
            os.close(file)
        os.waitpid(child, 0)
        os._exit(0)
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    _build_root(_views(config), config)
    if as_root:
        os.setgroups([])
        os.setresgid(_INSIDE, _INSIDE, _INSIDE)
        os.setresuid(_INSIDE, _INSIDE, _INSIDE)
    kernel.drop_capabilities()
    # A change of uid forgets the signal that ties this process to its parent.
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def filter_calls():
    """To be called once everything that the filter refuses has been done."""
    return seccomp.install()


def _new_namespaces(as_root):
    if not as_root:
        uid, gid = os.geteuid(), os.getegid()
        kernel.unshare(_NAMESPACES)
        _write("/proc/self/setgroups", "deny")
        _write("/proc/self/uid_map", "%d %d 1" % (_INSIDE, uid))
        _write("/proc/self/gid_map", "%d %d 1" % (_INSIDE, gid))
        return
    # Root inside is needed to reach the files of root's own Python for the views; programs get nobody's id. Only a
    # process that has stayed outside may write such a map.
    reading, writing = os.pipe()
    helper = os.fork()
    if helper == 0:
        os.close(writing)
        status = 1
        try:
            if os.read(reading, 1):
                for name in ("uid_map", "gid_map"):
                    _write("/proc/%d/%s" % (os.getppid(), name), "0 0 1\n%d %d 1" % (_INSIDE, NOBODY))
                status = 0
        finally:
            os._exit(status)
    os.close(reading)
    kernel.unshare(_NAMESPACES)
    os.write(writing, b"!")
    os.close(writing)
    if os.waitpid(helper, 0)[1] != 0:
        raise OSError("uid %d of the host cannot be used in a user namespace" % NOBODY)


def _views(config):
    """The host paths to show, outermost first, without those that lie in another or would show too much."""
    paths, hidden = set(config["system"]), _hidden(config)
    for path in config["readable"] + [sys.prefix, sys.exec_prefix] + sys.path[1:]:
        path = os.path.realpath(path)
        if os.path.exists(path) and not any(_within(secret, path) for secret in hidden):
            paths.add(path)
    views = []
    for path in sorted(paths):
        if not any(_within(path, view) for view in views):
            views.append(path)
    return views


def _hidden(config):
    return [os.path.realpath(path) for path in config["hidden"]]


def _within(path, folder):
    return (path.rstrip("/") + "/").startswith(folder.rstrip("/") + "/")


def _build_root(views, config):
    hidden = _hidden(config)
    kernel.mount(None, "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
    safe = kernel.MS_NOSUID | kernel.MS_NODEV
    kernel.mount("tmpfs", "/tmp", "tmpfs", safe, "size=1m,nr_inodes=4096,mode=755")
    os.mkdir("/tmp/old")
    kernel.pivot_root("/tmp", "/tmp/old")
    os.chdir("/")
    for name in ("proc", "dev", "tmp", "etc"):
        os.mkdir("/" + name)
    _mount_proc()
    for path in views:
        _show(path, path)
    for path, place in config["placed"]:
        _show(path, place)
    _make_read_only()
    for secret in hidden:
        # A project may lie inside of what has to be shown, such as below /usr.
        if os.path.isdir(secret) and not any(_within(view, secret) for view in views):
            kernel.mount("tmpfs", secret, "tmpfs", safe | kernel.MS_RDONLY, "size=4k,mode=000")
    for name in _DEVICES:
        _write("/dev/" + name, "")
        kernel.mount("/old/dev/" + name, "/dev/" + name, None, kernel.MS_BIND)
    for name, target in _LINKS.items():
        os.symlink(target, "/dev/" + name)
    _write("/etc/passwd", _PASSWD)
    kernel.unmount("/old", kernel.MNT_DETACH)
    os.rmdir("/old")
    work = "size=%d,nr_inodes=%d,mode=700,uid=%d,gid=%d"
    kernel.mount("tmpfs", "/tmp", "tmpfs", safe, work % (config["diskBytes"], config["inodes"], _INSIDE, _INSIDE))
    kernel.mount(None, "/", None, kernel.MS_REMOUNT | kernel.MS_RDONLY | safe, "size=1m,nr_inodes=4096,mode=755")


def _mount_proc():
    flags = kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC
    try:
        kernel.mount("proc", "/proc", "proc", flags, "subset=pid")
    except OSError:
        kernel.mount("proc", "/proc", "proc", flags)


def _show(path, place):
    source = "/old" + path
    os.makedirs(os.path.dirname(place), mode=0o755, exist_ok=True)
    if os.path.islink(source):
        os.symlink(os.readlink(source), place)
    elif os.path.isdir(source):
        os.mkdir(place)
        kernel.mount(source, place, None, kernel.MS_BIND | kernel.MS_REC)
    elif os.path.isfile(source):
        _write(place, "")
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


def _write(path, text):
    file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o644)
    try:
        os.write(file, text.encode())
    finally:
        os.close(file)
