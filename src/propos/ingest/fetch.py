"""Fetch an address that the user names: http and https only, bounded in bytes and time, politely.

One request to a host at a time, with a pause between two. What a server marks with an ETag or a date is kept in the
user's cache folder, so that asking again costs it nothing while nothing has changed. Nothing else is ever fetched: no
link, picture or entity of a page or feed.
"""

from __future__ import annotations

import http.client
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO
from urllib.parse import quote, urlsplit

from propos import errors
from propos.ingest.fetch_cache import Cache, Kept
from propos.version import VERSION

USER_AGENT = f"Propos/{VERSION} (reads a feed or page that its user named)"
ACCEPT = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/html;q=0.9, */*;q=0.5"
TIMEOUT = 20.0
"""Seconds that a server may be silent."""
DEADLINE = 120.0
"""Seconds that an answer may take in all."""
PAUSE = 1.0
"""Seconds between two requests to one host."""
CHUNK = 65_536


@dataclass(slots=True)
class Turns:
    """Who asked which host when: one at a time, ``pause`` seconds apart."""

    pause: float = PAUSE
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _last: dict[str, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, host: str) -> None:
        """Wait for the host's turn."""
        with self._lock:
            free = self._last.get(host, -self.pause) + self.pause
            now = self.clock()
            self._last[host] = max(free, now)
        if free > now:
            self.sleep(free - now)


TURNS = Turns()
"""Politeness is owed by the whole process, whatever reader asks."""


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follow a server elsewhere on the web, never to another kind of address; urllib would go to ftp."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """The next request; raises ``url-invalid``."""
        _check(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def get(url: str, limit: int, cache: Cache | None = None, turns: Turns = TURNS) -> bytes:
    """The bytes at ``url``, at most ``limit``.

    Raises ``url-invalid``, ``url-refused``, ``url-unreachable`` and ``input-too-large``.
    """
    host = _check(url)
    cache = cache if cache is not None else Cache.of_user()
    kept = cache.find(url)
    turns.wait(host)
    try:
        with _opener().open(_request(url, kept), timeout=TIMEOUT) as answer:
            data = _read(answer, url, limit)
            cache.keep(Kept(url, answer.headers.get("ETag"), answer.headers.get("Last-Modified"), data))
            return data
    except urllib.error.HTTPError as error:
        with error:
            if error.code == http.client.NOT_MODIFIED and kept is not None:
                return kept.data
        raise errors.URL_REFUSED(name=url, status=f"{error.code} {error.reason}".strip()[:100]) from error
    except urllib.error.URLError as error:
        raise errors.URL_UNREACHABLE(name=url, reason=str(error.reason)[:200]) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise errors.URL_UNREACHABLE(name=url, reason=str(error)[:200] or type(error).__name__) from error


def _check(url: str) -> str:
    """The host; raises ``url-invalid``."""
    try:
        parts = urlsplit(url)
        host, named = parts.hostname, parts.username is not None
        _ = parts.port
    except ValueError as error:
        raise errors.URL_INVALID(name=url, reason=error) from error
    if parts.scheme not in {"http", "https"}:
        raise errors.URL_INVALID(name=url, reason=f"it starts with {parts.scheme}:")
    if not host or any(not mark.isprintable() or mark.isspace() for mark in url):
        raise errors.URL_INVALID(name=repr(url), reason="it has no host, or a space in it")
    if named:
        # The address is kept in records and shown in messages: no password may be in it.
        raise errors.URL_INVALID(name=host, reason="it has a user name in it; save the page and give the file")
    return host


def _opener() -> urllib.request.OpenerDirector:
    """One that knows the web and proxies only: no files, no ftp, no data addresses."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _Redirects(),
    ):
        opener.add_handler(handler)
    return opener


def _request(url: str, kept: Kept | None) -> urllib.request.Request:
    headers = {"User-Agent": USER_AGENT, "Accept": ACCEPT, "Accept-Encoding": "identity"}
    if kept is not None and kept.etag:
        headers["If-None-Match"] = kept.etag
    if kept is not None and kept.modified:
        headers["If-Modified-Since"] = kept.modified
    plain = quote(url.partition("#")[0], safe="%/:=&?~#+!$,;'@()*[]")
    return urllib.request.Request(plain, headers=headers)  # noqa: S310 (checked: http or https)


def _read(answer: http.client.HTTPResponse, url: str, limit: int) -> bytes:
    """The body, whole; raises ``input-too-large`` and ``url-unreachable``."""
    end = time.monotonic() + DEADLINE
    parts: list[bytes] = []
    size = 0
    while part := answer.read1(CHUNK):
        parts.append(part)
        size += len(part)
        if size > limit:
            raise errors.INPUT_TOO_LARGE(name=url, limit=limit)
        if time.monotonic() > end:
            raise errors.URL_UNREACHABLE(name=url, reason=f"it took more than {DEADLINE:.0f} seconds")
    if answer.length:
        msg = b""
        raise http.client.IncompleteRead(msg, answer.length)
    return b"".join(parts)
