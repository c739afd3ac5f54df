"""On what it was measured, without a name by which the machine could be found."""

import os
import platform
from pathlib import Path
from typing import Any

import psycopg


def described(url: str) -> dict[str, Any]:
    with psycopg.connect(url) as connection:
        [version] = connection.execute("SHOW server_version").fetchone() or [""]
        settings = dict(
            connection.execute(
                """SELECT name, current_setting(name) FROM pg_settings WHERE name = ANY(%s)""",
                [["fsync", "synchronous_commit", "full_page_writes", "shared_buffers", "wal_level"]],
            ).fetchall()
        )
    return {
        "cores": os.cpu_count(),
        "processor": _first("/proc/cpuinfo", "model name"),
        "memory_gib": round(int(_first("/proc/meminfo", "MemTotal").split()[0]) / 2**20, 1),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "postgresql": version,
        "settings": settings,
    }


def _first(path: str, name: str) -> str:
    for line in Path(path).read_text().splitlines():
        if line.startswith(name):
            return line.partition(":")[2].strip()
    return "0"


def resident(pid: int) -> float:
    """MiB of memory that a process has now."""
    return int(_first(f"/proc/{pid}/status", "VmRSS").split()[0]) / 1024
