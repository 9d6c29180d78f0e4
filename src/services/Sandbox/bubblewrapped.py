"""The last steps into a sandbox that bubblewrap has made of namespaces and views: bounds its disk, gives up what
bubblewrap has left to it for that."""
import os

import identity
import kernel

# Where bubblewrap shows this code, until it has been loaded.
PLACE = "/runner"


def enter(config):
    """`config` has `diskBytes` and `inodes`."""
    as_root = os.geteuid() == 0
    # Bubblewrap can bound a memory file system, but not how many files it has.
    owner = identity.NOBODY if as_root else identity.INSIDE
    safe = kernel.MS_NOSUID | kernel.MS_NODEV
    bounds = (config["diskBytes"], config["inodes"], owner, owner)
    kernel.mount("tmpfs", "/tmp", "tmpfs", safe, "size=%d,nr_inodes=%d,mode=700,uid=%d,gid=%d" % bounds)
    kernel.unmount(PLACE, kernel.MNT_DETACH)
    os.rmdir(PLACE)
    identity.write("/etc/passwd", identity.PASSWD)
    kernel.mount(None, "/", None, kernel.MS_REMOUNT | kernel.MS_BIND | kernel.MS_RDONLY | safe)
    if as_root:
        identity.unshare(kernel.CLONE_NEWUSER, True)
    identity.give_up(as_root)
    os.environ.pop("PWD", None)
