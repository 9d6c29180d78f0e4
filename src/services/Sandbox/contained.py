"""A sandbox without namespaces, for inside of a container that allows none.

The container is what keeps programs from the host. Inside of it they are kept from everything else: by the rules of
Landlock, by a filter that leaves no socket, and, where root has started this, by a user of their own.
"""
import errno
import os
import signal

import kernel
import landlock

_USERS, _FIRST_USER = 20_000, 40_000
_DEVICES = ("null", "zero", "full", "urandom", "random")
# Without its settings, which hold no secret, the library ends the process that uses it.
_SETTINGS = ("/etc/ssl/openssl.cnf",)
_FACTS = ("cpuinfo", "meminfo", "stat", "uptime", "version", "sys/vm/overcommit_memory")


class Contained:
    """`config` has `views` and `hidden`, as for namespaces, and `diskBytes` and `inodes`. `user` is whom programs run as; None for who runs this."""

    def __init__(self, config, work):
        self.user = None
        self.work, self.disk, self.inodes = work, config["diskBytes"], config["inodes"]
        if os.geteuid() == 0:
            self.user, self.claim = _own_user()
            try:
                os.chown(work, self.user, self.user)
            except OSError:
                raise OSError("root of this container cannot become another user, and programs are not root") from None
            os.setgroups([])
            os.setresgid(self.user, self.user, self.user)
            # Root no longer for files, only to become the user for good, whom no program can signal that way.
            os.setresuid(0, self.user, 0)
        kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
        kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
        kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
        self.rules = landlock.Rules()
        for path in config["views"]:
            self._show(path, config["hidden"])
        for name in _DEVICES:
            self.rules.allow("/dev/" + name, landlock.TO_USE)
        for name in _FACTS:
            self.rules.allow("/proc/" + name, landlock.TO_READ)
        for path in _SETTINGS:
            self.rules.allow(path, landlock.TO_READ)
        self.rules.allow(work, landlock.TO_OWN)
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    def enter(self):
        """In the child that is to run a program."""
        if self.user is not None:
            os.setresuid(self.user, self.user, self.user)
            kernel.drop_capabilities()
        self.rules.enter()

    def overflows(self):
        """Whether there is more in the work folder than a disk of its own would take, or deeper than can be named."""
        blocks, count, pending = 0, 0, [self.work]
        while pending:
            try:
                with os.scandir(pending.pop()) as entries:
                    for entry in entries:
                        count += 1
                        if count > self.inodes:
                            return True
                        blocks += entry.stat(follow_symlinks=False).st_blocks
                        if entry.is_dir(follow_symlinks=False):
                            pending.append(entry.path)
            except OSError as error:
                # What has gone, or was closed by its owner, in the meantime.
                if error.errno == errno.ENAMETOOLONG:
                    return True
        return blocks * 512 > self.disk

    def kill(self):
        """Ends whatever runs as the user of programs, at one stroke, however fast it multiplies."""
        helper = os.fork()
        if helper == 0:
            try:
                os.setresuid(self.user, self.user, self.user)
                os.kill(-1, signal.SIGKILL)
            finally:
                os._exit(0)
        os.waitpid(helper, 0)

    def _show(self, path, hidden):
        """Rules only allow: a view with something hidden in it is shown piece by piece."""
        if path in hidden:
            return
        if not any(secret.startswith(path.rstrip("/") + "/") for secret in hidden):
            try:
                self.rules.allow(path, landlock.TO_READ)
            except PermissionError:
                raise OSError("%s cannot be read by another user, and programs are not root" % path) from None
            return
        for name in os.listdir(path):
            self._show(os.path.join(path, name), hidden)


def _own_user():
    """A user that no other sandbox has, and the claim to it: an address that only one process can have at a time."""
    import _socket
    for step in range(_USERS):
        user = _FIRST_USER + (os.getpid() + step) % _USERS
        claim = _socket.socket(_socket.AF_UNIX, _socket.SOCK_DGRAM)
        try:
            claim.bind("\0seidr-user-%d" % user)
            return user, claim
        except OSError:
            claim.close()
    raise OSError("every user is taken")
