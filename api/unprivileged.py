"""Becomes a database program, run by path: as an unprivileged user, and gone when the service is gone.

PostgreSQL refuses to run as root. A child that is started by this file gives up root first, and asks the
kernel to be told to stop (SIGINT, a fast shutdown) when the process that started it ends, however it ends.
It imports nothing of ours: the user that it becomes may not be able to read our files.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG, PR_SET_KEEPCAPS, PR_SET_SECUREBITS, PR_CAP_AMBIENT = 1, 8, 28, 47
PR_CAP_AMBIENT_RAISE = 2
NO_SETUID_FIXUP = 1 << 2
CAPABILITY_VERSION_3 = 0x20080522
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_SETPCAP = 1 << 1, 1 << 2, 1 << 8
LINUX = sys.platform.startswith("linux")
UNREACHABLE = 77


class Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class Capabilities(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint32) for name in ("effective", "permitted", "inheritable")]


def permitted() -> int:
    words = (Capabilities * 2)()
    LIBC.capget(ctypes.byref(Header(CAPABILITY_VERSION_3, 0)), ctypes.byref(words))
    return int(words[0].permitted)


def hold(capabilities: int) -> None:
    words = (Capabilities * 2)()
    words[0].effective = words[0].permitted = words[0].inheritable = capabilities
    LIBC.capset(ctypes.byref(Header(CAPABILITY_VERSION_3, 0)), ctypes.byref(words))


def reaches(folder: str, program: str) -> bool:
    return os.access(program, os.X_OK) and os.access(folder, os.X_OK)


def keep_a_way_through() -> None:
    """Of all that root may, keeps passing through closed folders, also in access() and after exec."""
    way = permitted() & CAP_DAC_READ_SEARCH or permitted() & CAP_DAC_OVERRIDE
    hold(permitted() & (way | CAP_SETPCAP))
    LIBC.prctl(PR_SET_SECUREBITS, NO_SETUID_FIXUP, 0, 0, 0)
    hold(way)
    LIBC.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, way.bit_length() - 1, 0, 0)


def become(user: int, group: int, folder: str, program: str) -> None:
    """Gives up root. Where a folder above (/root, a closed home) bars the user, it is let through: opening
    other people's folders is not ours to do."""
    if LINUX:
        LIBC.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setgid(group)
    os.setuid(user)
    if LINUX and not reaches(folder, program):
        keep_a_way_through()
    elif LINUX:
        hold(0)
    if not reaches(folder, program):
        sys.exit(UNREACHABLE)


def main(user: int, group: int, parent: int, folder: str, program: str, *arguments: str) -> None:
    if os.geteuid() == 0:
        become(user, group, folder, program)
    if LINUX:  # after the change of user, which clears it
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGINT, 0, 0, 0)
        if os.getppid() != parent:
            return
    os.chdir(folder)
    os.execv(program, [program, *arguments])


if __name__ == "__main__":
    LIBC = ctypes.CDLL(None, use_errno=True)
    user, group, parent, *rest = sys.argv[1:]
    main(int(user), int(group), int(parent), *rest)
