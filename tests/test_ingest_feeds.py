"""RSS and Atom: what of an entry becomes a document; addresses: how they are fetched, and how they are not."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from propos import errors
from propos.errors import InputError
from propos.ingest import collect, fetch, fragment
from propos.ingest.fetch_cache import MOST, Cache, Kept
from propos.ingest.raw import Raw
from propos.model import Document
from propos.settings import Settings

FOLDER = Path(__file__).parent / "fixtures" / "feeds"
DOCS = Path(__file__).parent.parent / "docs" / "readers"


def read(name: str, settings: Settings | None = None) -> list[collect.Outcome]:
    return list(collect.documents([name], settings or Settings()))


def documents(name: str) -> list[Document]:
    return [item for item in read(name) if isinstance(item, Document)]


def codes(name: str, settings: Settings | None = None) -> list[str]:
    return [item.code if isinstance(item, InputError) else "read" for item in read(name, settings)]


# Entries -------------------------------------------------------------------------------------------------------------


def test_an_entry_keeps_all_that_it_says() -> None:
    document = documents(str(FOLDER / "monde-du-fjord.rss"))[0]
    assert document.text.split("\n\n") == [
        "Oslo « prêt à répondre » aux manœuvres de Varnava",
        "La ministre norvégienne de la Défense, Sigrid Aune, a promis vendredi de répondre.",
        "Un précédent",
        "«\u00a0Nous sommes prêts\u00a0», a-t-elle dit à l’ad\u00adjointe du maire.",
        "Varnava n'a pas réagi.",
        "- La flotte reste au port",
        "- L'ambassadeur est rappelé",
    ]
    assert [(part.kind, part.span.of(document.text)) for part in document.segments if part.kind == "heading"] == [
        ("heading", "Un précédent")
    ]
    source = document.source
    assert (document.published, source.issued) == ("2024-03-15", "2024-03-14T23:30:00Z")
    assert (document.language, document.id, source.reader, source.ordinal) == ("fr", "monde-du-fjord-0", "feed", 0)
    assert source.url == "https://gazette-fjord.example/international/oslo-pret.html"
    assert (source.outlet, source.author) == ("La Gazette du fjord - International", "Maëlle Kervadec")
    assert (source.section, source.external) == ("Europe", ("guid:gf-2024-0315-001",))
    assert document.diagnostics == ()


def test_a_summary_is_read_and_told_and_an_entry_without_text_is_an_error() -> None:
    found = read(str(FOLDER / "monde-du-fjord.rss"))
    assert codes(str(FOLDER / "monde-du-fjord.rss")) == ["read", "read", "input-empty", "read"]
    assert str(found[2]).startswith("entry 3 of ")
    _, second, last = documents(str(FOLDER / "monde-du-fjord.rss"))
    assert second.text.endswith("suspendaient leurs travaux & rentraient.")
    assert [item.code for item in second.diagnostics] == ["feed-summary"]
    assert last.text == "Un sommet en mai\n\nLe sommet aura lieu en mai.\n\nIl durera deux jours."
    assert "date-unreadable" in {item.code for item in last.diagnostics}
    assert last.source.ordinal == 3


def test_atom() -> None:
    first, second = documents(str(FOLDER / "agence.atom"))
    assert first.title == "Embargo : l'étau se resserre"
    assert first.text.split("\n\n")[1:] == [
        "Le gouvernement a exigé la levée de l'embargo.",
        "« Sans délai », selon son porte-parole.",
    ]
    assert (first.published, first.source.issued) == ("2024-03-14", "2024-03-15T02:30:00Z")
    assert (first.source.url, first.source.author) == ("https://boreale.example/7", "Ugo Delmas")
    assert second.text.endswith("Le conseil se réunira <demain>.\n\nIl entendra le ministre.")
    assert (second.published, second.source.outlet, second.source.url) == ("2024-03-15", "Radio Boréale", None)


def test_a_broken_feed_is_mended_and_told() -> None:
    found = read(str(FOLDER / "casse.xml"))
    assert isinstance(found[0], Document)
    assert found[0].text == "Un & seul\n\nLe préfet a démenti hier."
    assert "feed-malformed" in {item.code for item in found[0].diagnostics}


def test_a_date_without_a_day_stays_one() -> None:
    (document,) = documents(str(FOLDER / "ancien.rdf.xml"))
    assert document.published == "2009-11"


def test_an_entry_has_the_same_digest_wherever_it_stands(tmp_path: Path) -> None:
    feed = (FOLDER / "monde-du-fjord.rss").read_text()
    items = re.findall(r"<item>.*?</item>", feed, re.DOTALL)
    (tmp_path / "later.rss").write_text(feed.replace(items[0], items[3] + items[0]))
    before, after = documents(str(FOLDER / "monde-du-fjord.rss"))[0], documents(str(tmp_path / "later.rss"))[1]
    assert before.text == after.text
    assert before.source.sha256 == after.source.sha256
    assert len({item.source.sha256 for item in documents(str(FOLDER / "monde-du-fjord.rss"))}) == 3


@pytest.mark.parametrize("written", ["", "<rss version='2.0'><channel></channel></rss>", "\x01\x02<rss>"])
def test_what_is_no_feed_is_refused(tmp_path: Path, written: str) -> None:
    (tmp_path / "a.rss").write_text(written)
    assert codes(str(tmp_path / "a.rss")) == ["feed-invalid" if written else "input-empty"]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("", []),
        ("a\n b\n\nc < d", ["a b", "c < d"]),
        ("a &amp; b", ["a & b"]),
        ("a<br>b<br /> <br>c", ["a b", "c"]),
        ("<p>a<p>b", ["a", "b"]),
        ("<p>a</p>b<i>c</i> d<div>e</div>f", ["a", "bc d", "e", "f"]),
        ("<style>x</style>a<script>y</script>b<!-- z -->c", ["abc"]),
        ("<ul><li><p>a</p></li><li>b</ul>c", ["- a", "- b", "c"]),
        ("<table><tr><td>a<td>b</table>", ["a", "b"]),
        ("<p>a\x00b \ud800c</p>", ["a b ?c"]),
        ("<![CDATA[x]]><b>a", ["a"]),
    ],
)
def test_markup_to_paragraphs(markup: str, expected: list[str]) -> None:
    assert [words for words, _ in fragment.blocks(markup)] == expected


def test_the_page_shows_what_comes_out() -> None:
    page = (DOCS / "feeds.md").read_text()
    source, shown = re.findall(r"```(?:xml|text)\n(.*?)```", page, re.DOTALL)
    (document,) = collect.READERS["feed"](Raw.of_bytes(source.encode(), "x", "x.rss"), Settings())
    assert isinstance(document, Document)
    assert shown == document.text + "\n"


# Addresses -----------------------------------------------------------------------------------------------------------

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Server:
    """A server on this machine; ``seen`` are the headers of the requests."""

    port: int
    answers: dict[str, Answer] = field(default_factory=dict)
    seen: list[dict[str, str]] = field(default_factory=list)

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            here.seen.append({key.lower(): value for key, value in self.headers.items()})
            here.answers[self.path](self)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(fetch.TURNS, "pause", 0.0)
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here = Server(http.server_address[1])
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield here
    http.shutdown()
    http.server_close()
    thread.join()


def gives(data: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for key, value in (
            {"Content-Length": str(len(data))} | {k.replace("_", "-"): v for k, v in headers.items()}
        ).items():
            handler.send_header(key, value)
        handler.end_headers()
        handler.wfile.write(data)

    return answer


def test_a_feed_is_fetched_by_address(server: Server) -> None:
    server.answers["/fil?x=é".replace("é", "%C3%A9")] = gives((FOLDER / "agence.atom").read_bytes())
    url = server.url("/fil?x=é#entrée")
    first, _ = documents(url)
    assert (first.source.file, first.source.reader) == (url, "feed")
    assert server.seen[0]["user-agent"] == fetch.USER_AGENT
    assert re.match(r"Propos/\d+\.\d+", fetch.USER_AGENT)
    assert len(server.seen) == 1, "nothing but the feed is fetched"


def test_a_page_is_fetched_by_address(server: Server) -> None:
    paragraphs = "".join(f"<p>Le ministre a parlé {number} fois de la paix à l'assemblée.</p>" for number in range(9))
    server.answers["/a"] = gives(f"<html><body><article>{paragraphs}</article></body></html>".encode())
    (document,) = documents(server.url("/a"))
    assert (document.source.reader, document.source.url) == ("html", server.url("/a"))


def test_what_has_not_changed_is_not_sent_again(server: Server) -> None:
    data = (FOLDER / "agence.atom").read_bytes()
    server.answers["/"] = gives(data, ETag='"a1"', Last_Modified="Fri, 15 Mar 2024 08:00:00 GMT")
    before = documents(server.url())
    server.answers["/"] = gives(b"", 304)
    assert documents(server.url()) == before
    assert server.seen[0].keys().isdisjoint({"if-none-match", "if-modified-since"})
    assert server.seen[1]["if-none-match"] == '"a1"'
    assert server.seen[1]["if-modified-since"] == "Fri, 15 Mar 2024 08:00:00 GMT"
    server.answers["/"] = gives(data.replace(b"Radio", b"Tele"), ETag='"a2"')
    assert documents(server.url())[1].source.outlet == "Tele Boréale"


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"url": 1}'])
def test_a_broken_cache_is_as_none(server: Server, tmp_path: Path, damage: bytes) -> None:
    server.answers["/"] = gives((FOLDER / "agence.atom").read_bytes(), ETag='"a1"')
    assert codes(server.url()) == ["read", "read"]
    (said,) = (tmp_path / "cache").rglob("*.json")
    said.write_bytes(damage)
    assert codes(server.url()) == ["read", "read"]
    said.with_suffix(".body").write_bytes(b"another")
    assert codes(server.url()) == ["read", "read"]
    assert all("if-none-match" not in seen for seen in server.seen)


def test_a_cache_that_cannot_be_written_is_done_without(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    server.answers["/"] = gives((FOLDER / "agence.atom").read_bytes(), ETag='"a1"')
    assert codes(server.url()) == ["read", "read"]


def test_the_cache_stays_small(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for number in range(MOST + 3):
        cache.keep(Kept(f"http://x/{number}", "e", None, b"a"))
    assert len(list(tmp_path.iterdir())) == 2 * MOST
    assert cache.find(f"http://x/{MOST + 2}") is not None
    cache.keep(Kept(f"http://x/{MOST + 2}", None, None, b"a"))
    assert cache.find(f"http://x/{MOST + 2}") is None


def drops(handler: BaseHTTPRequestHandler) -> None:
    gives(b"<rss>", Content_Length="1000")(handler)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (gives(b"", 404), "url-refused"),
        (gives(b"no", 500), "url-refused"),
        (gives(b"", 304), "url-refused"),
        (gives(b""), "input-empty"),
        (gives(b"x" * 2000), "input-too-large"),
        (drops, "url-unreachable"),
        (lambda handler: handler.wfile.write(b"\x00\xff" * 50), "url-unreachable"),
        (gives(b"", 302, Location="file:///etc/passwd"), "url-refused"),
        (gives(b"", 302, Location="ftp://127.0.0.1/x"), "url-invalid"),
        (gives(b"", 302, Location="http://a:b@127.0.0.1/x"), "url-invalid"),
        (gives(b"", 301, Location="/"), "url-refused"),
    ],
)
def test_what_goes_wrong_at_the_server(server: Server, answer: Answer, code: str) -> None:
    server.answers["/"] = answer
    assert codes(server.url(), Settings(max_bytes=1000)) == [code]


def test_a_redirection_on_the_web_is_followed(server: Server) -> None:
    server.answers["/"] = gives(b"", 301, Location="/b")
    server.answers["/b"] = gives((FOLDER / "agence.atom").read_bytes())
    assert codes(server.url()) == ["read", "read"]


@pytest.mark.parametrize(
    "url",
    [
        "http://",
        "http://[::1",
        "http://u:p@127.0.0.1/",
        "https://exa mple.org/",
        "http://x:port/",
        "http://x\x00/",
        "http:///a",
    ],
)
def test_addresses_that_are_none(url: str) -> None:
    assert codes(url) == ["url-invalid"]
    assert "u:p" not in str(read(url)[0])


@pytest.mark.usefixtures("server")
def test_nobody_at_the_address() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as closed:
        port = closed.server_address[1]
    assert codes(f"http://127.0.0.1:{port}/") == ["url-unreachable"]


def test_requests_to_one_host_are_apart() -> None:
    now, slept = [100.0], []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    turns = fetch.Turns(2.0, lambda: now[0], sleep)
    for host in ("a", "b", "a", "a"):
        turns.wait(host)
    assert slept == [2.0, 2.0]
    now[0] += 50
    turns.wait("a")
    assert slept == [2.0, 2.0]


def test_an_answer_without_end_is_left(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.answers["/"] = gives(b"<rss></rss>")
    monkeypatch.setattr(fetch, "DEADLINE", -1.0)
    with pytest.raises(errors.InputError, match="url-unreachable"):
        fetch.get(server.url(), 1000)
