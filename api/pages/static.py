"""Styles and fonts, each under a name that changes with its content: it may be kept for a year."""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from fastapi import APIRouter, HTTPException, Response

FOLDER = files("api") / "static"
KINDS = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "woff2": "font/woff2",
    "svg": "image/svg+xml",
}
router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class File:
    content: bytes
    kind: str


@router.get("/static/{name}")
def static(name: str) -> Response:
    file = _files().get(name)
    if file is None:
        raise HTTPException(404)
    return Response(
        file.content, media_type=file.kind, headers={"Cache-Control": "public, max-age=31536000, immutable"}
    )


def asset(name: str) -> str:
    """The address of a file, e.g. asset("page.css")."""
    return f"/static/{_hashed(name)}"


@cache
def _files() -> dict[str, File]:
    return {
        _hashed(name): File(_content(name), KINDS[name.rpartition(".")[2]])
        for name in (file.name for file in FOLDER.iterdir())
        if name.rpartition(".")[2] in KINDS
    }


@cache
def _hashed(name: str) -> str:
    stem, _, kind = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(_content(name)).hexdigest()[:12]}.{kind}"


@cache
def _content(name: str) -> bytes:
    """As it is sent: what a style sheet refers to is called by its hashed name there too."""
    content = (FOLDER / name).read_bytes()
    if not name.endswith(".css"):
        return content
    return re.sub(
        rb'url\("([^":/]+)"\)', lambda found: b'url("%s")' % _hashed(found[1].decode()).encode(), content
    )
