"""The process that a sandbox is made of: confines itself, takes one program, runs it on one input after another.

It is started as `python3 -S -s runner.py` with nothing in its environment but what programs may see. Frames come in
on descriptor 0 and go out on descriptor 1. The protocol: settings -> ready; program -> prepared or refused;
input -> case, repeated until the driver closes the channel. A program that talks has conversations instead of cases.
"""
import gc
import os
import signal
import sys

if os.environ.pop("SEIDR_FIX_ADDRESSES", ""):
    # Only what is executed after the change has fixed addresses: once more from the start, then.
    import kernel
    if kernel.fix_addresses():
        os.execve(sys.executable, [sys.executable, "-S", "-s"] + sys.argv, os.environ)

os.environ.pop("LD_BIND_NOW", None)

import builtins
import site

import becoming
import broom
import bubblewrapped
import confine
import conversation
import copies
import kernel
import limits as kernel_limits
import seccomp
from ahead import Ahead
from case import Cases, Plan
from channel import Channel, Closed
from command_program import CommandProgram
from contained import Contained
from family import Family
from forked_program import ForkedProgram
from native_program import NativeProgram, open_store
from python_program import PythonProgram
from served_program import ServedProgram

# The runner's own modules may be kept compiled, beside their source: that halves its start. Nothing else is written.
sys.dont_write_bytecode = True
os.environ["PYTHONDONTWRITEBYTECODE"] = "1"

_PAGE = os.sysconf("SC_PAGE_SIZE")
# Kinds of confinement in which the runner is process 1.
_NAMESPACES = ("namespaces", "bubblewrap")
# A folder of the host that is not to be left full.
_swept = []
# What a copy need not take apart as it leaves the code of the runner: each page that this touches is copied first.
_kept = []


def _serve():
    """Runs cases until the driver is gone. Returns only in the child that is to run a Python program: its code and
    its ending."""
    _close_inherited()
    channel = Channel(os.dup(0), os.dup(1))
    settings, _ = channel.receive()
    settings["others"] = kernel_limits.others_of_user(settings)
    contained = _be_alone(settings, channel)
    family = Family(settings["confinement"]["kind"] in _NAMESPACES, contained)
    cases = Cases(family, channel.reading)
    store = open_store(settings["work"])
    filtered = _filter(settings)
    channel.send({"kind": "ready", "filtered": filtered})

    described, body = channel.receive()
    program = _program(described, body, cases, settings, store)
    if described.get("compiled"):
        program.keep(body)
    else:
        fault = program.prepare(
            described["compileLimits"], _limits(described["compileLimits"], settings, 0, described["counted"]))
        if fault is not None:
            channel.send({"kind": "refused", "ending": fault[0]}, fault[1])
            raise Closed
    channel.send({"kind": "prepared"}, getattr(program, "executable", None) or b"")

    gc.collect()
    gc.freeze()
    goes_ahead = family.alone and described["runs"] == "python" and not described.get("talks") and copies.is_possible()
    # The template, and a process that waits for the next case, are no processes of this one.
    settings["others"] += 2 * goes_ahead
    plan = _plan(program, described, settings)
    if described.get("talks"):
        conversation.serve(program, plan, cases, channel, settings["work"])
        return _readied(program, program.open_namespace())
    if goes_ahead:
        ending = program.open_namespace()
        ahead = Ahead(cases, program, plan, ending, channel)
        _kept.extend((ahead, settings, described, body, store))
        ahead.serve()
        program.be_interruptible()
        return program.code, ending, ahead.template.copies
    run = program.server(plan) if hasattr(program, "server") else cases.run
    while True:
        broom.sweep(settings["work"])
        program.place()
        _, stdin = channel.receive()
        outcome = run(plan, stdin)
        if outcome is None:
            return _readied(program, program.open_namespace())
        header, out, err = outcome
        channel.send(dict(header, kind="case"), out, err)


def _readied(program, ending):
    """In the child that is to run a Python program: its code and its ending."""
    program.be_interruptible()
    return program.code, ending, lambda: None


def _close_inherited():
    """Whoever started the driver may have left files open for it, and so for this process and its programs."""
    for name in os.listdir("/proc/self/fd") if kernel.LINUX else range(3, 1024):
        if int(name) > 2:
            try:
                os.close(int(name))
            except OSError:
                # It was that of the listing itself.
                continue


def _be_alone(settings, channel):
    """No way out, no way back, and an end when the driver ends."""
    null = os.open("/dev/null", os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    os.close(null)
    confinement = settings["confinement"]
    kind = confinement["kind"]
    if kind == "namespaces":
        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != settings["driver"]:
            raise Closed
        confine.enter(confinement, (channel.reading, channel.writing))
    elif kind == "bubblewrap":
        bubblewrapped.enter(confinement)
    elif kind == "container":
        becoming.boundary = Contained(confinement, settings["work"])
    if kind not in _NAMESPACES:
        _swept.append(settings["work"])
    os.chdir(settings["work"])
    os.umask(0o022)
    del sys.path[0]
    sys.path.extend(path for path in settings["packages"] if os.path.isdir(path))
    # What `site` gives to every program, without the time that it takes to look through the installed packages.
    site.setquit()
    site.sethelper()
    for name in ("ahead", "becoming", "broom", "bubblewrapped", "case", "channel", "code_pages", "command_program", "confine", "contained",
                 "conversation", "copies", "family", "forked_program", "identity", "kernel", "landlock", "limits",
                 "native_program", "python_program", "seccomp", "served_program", "streams", "template", "written_pages", "_socket"):
        sys.modules.pop(name, None)
    return becoming.boundary


def _filter(settings):
    kind = settings["confinement"]["kind"]
    if kind in _NAMESPACES:
        return seccomp.install()
    if kind == "container":
        if not seccomp.install(apart=False, same_user=becoming.boundary.user is None):
            raise OSError("there is no filter of system calls for this processor, to keep programs from the network")
        return True
    if not kernel.LINUX:
        return False
    try:
        kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
        return seccomp.install()
    except OSError:
        return False


def _program(described, body, cases, settings, store):
    if described["runs"] == "python":
        return PythonProgram(body, cases, settings["work"])
    if described.get("fork") and settings["confinement"]["kind"] in _NAMESPACES:
        return ForkedProgram(described, body, cases, settings["work"], dict(os.environ))
    if described.get("serve"):
        return ServedProgram(described, body, cases, settings["work"], dict(os.environ))
    if described["runs"] == "command":
        return CommandProgram(described, body, cases, settings["work"], dict(os.environ))
    return NativeProgram(described, body, cases, settings["work"], store, dict(os.environ))


def _plan(program, described, settings):
    limits, counted, free = described["limits"], described["counted"], described["freeBytes"]
    if counted == "data":
        # The kernel's limit is for what is never touched too; what is in memory is judged.
        own_space, own_resident = free, described["freeResidentBytes"]
    elif isinstance(program, PythonProgram):
        own_space, own_resident = _own_memory()
    else:
        own_space, own_resident = free, 0
    return Plan(program.begin, limits, _limits(limits, settings, own_space, counted), own_resident,
                watched=counted == "data")


def _limits(limits, settings, free_memory, counted):
    return kernel_limits.of_case(limits, settings, free_memory, settings["others"], counted)


def _own_memory():
    """Address space and resident memory of the interpreter before it runs anything, in bytes."""
    if not kernel.LINUX:
        return 0, 0
    with open("/proc/self/statm") as file:
        space, resident = file.read().split()[:2]
    return int(space) * _PAGE, int(resident) * _PAGE


try:
    _code, _ending, _copied = _serve()
except Closed:
    for _folder in _swept:
        broom.sweep(_folder)
    os._exit(0)
# Of a template only copies go on.
_copied()
_ending.pid = os.getpid()
try:
    exec(_code, _ending.namespace)
except BaseException as _error:
    _ending.raised(_error)
    # To the interpreter itself, which reports it, ends the threads and calls the handlers of the exit.
    raise
_ending.returned()
