"""Mail: messages and mailboxes, their parts, what is attached, what is broken."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from propos.errors import InputError
from propos.ingest import archive, collect
from propos.ingest.raw import Raw
from propos.ingest.sniff import sniff
from propos.model import Document
from propos.settings import Settings

TEXT = "La commissaire a promis d’agir.\n\n« Nous\u202ftiendrons », a-t-elle dit."
PAGE = (
    "<html><body><article><h1>Lettre</h1><p>La commissaire a promis mardi d'agir contre les filets dérivants, "
    "au lendemain d'une réunion des pêcheurs à Brest.</p><p>« Nous tiendrons », a-t-elle déclaré devant le port "
    "fermé depuis trois jours par le préfet.</p></article></body></html>"
)


def message(subject: str = "Été : la pêche", text: str | None = TEXT, page: str | None = None) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "Ana Dupré <ana@lettre.example.org>"
    mail["Subject"] = subject
    mail["Date"] = "Fri, 15 Mar 2024 08:30:00 +0100"
    mail["Message-ID"] = "<lettre-7@example.org>"
    if text is not None:
        mail.set_content(text)
    if page is not None:
        (mail.add_alternative if text is not None else mail.set_content)(page, subtype="html")
    return mail


def mailbox(messages: Sequence[bytes]) -> bytes:
    line = b"From ana@example.org Fri Mar 15 08:30:00 2024\n"
    return b"\n".join(line + item.replace(b"\r\n", b"\n").replace(b"\nFrom ", b"\n>From ") + b"\n" for item in messages)


def outcomes(data: bytes, form: str | None = None, chosen: Settings | None = None) -> list[Document | InputError]:
    return list(archive.or_error(collect._of_raw(Raw.of_bytes(data, "x"), chosen or Settings(), form)))


def told(data: bytes, form: str | None = None, chosen: Settings | None = None) -> list[str]:
    return [item.code if isinstance(item, InputError) else str(item.title) for item in outcomes(data, form, chosen)]


@pytest.mark.parametrize("page", [None, "<p>autre</p>"])
def test_a_message_is_an_article(page: str | None) -> None:
    (found,) = outcomes(bytes(message(page=page)))
    assert isinstance(found, Document)
    assert found.text == f"Été : la pêche\n\n{TEXT}"
    assert (found.title, found.published) == ("Été : la pêche", "2024-03-15")
    source = found.source
    assert (source.reader, source.author, source.outlet) == ("eml", "Ana Dupré", "lettre.example.org")
    assert (source.issued, source.external) == ("2024-03-15T08:30:00+01:00", ("message-id:lettre-7@example.org",))
    assert found.diagnostics == ()


@pytest.mark.parametrize("text", [None, "  "])
def test_without_plain_text_the_page_is_read(text: str | None) -> None:
    (found,) = outcomes(bytes(message(text=text, page=PAGE)))
    assert isinstance(found, Document)
    assert "a promis mardi d'agir contre les filets" in found.text
    assert "<p>" not in found.text


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "no-such-charset"])
def test_charsets_declared_wrongly_or_not_at_all(charset: str) -> None:
    head = f"From: a@example.org\nDate: Fri, 15 Mar 2024 08:30:00 +0100\nContent-Type: text/plain; charset={charset}\n"
    body = "Le préfet a déclaré l’été fermé à la pêche."
    for encoding in ("utf-8", "cp1252"):
        (found,) = outcomes(head.encode() + b"Content-Transfer-Encoding: 8bit\n\n" + body.encode(encoding))
        assert isinstance(found, Document)
        if charset in {encoding, "utf-8", "no-such-charset"}:
            assert found.text == body
    (bare,) = outcomes(b"From: a@example.org\nDate: x\n\n" + body.encode())
    assert isinstance(bare, Document)
    assert (bare.text, bare.published) == (body, None)
    assert [item.code for item in bare.diagnostics] == ["date-unreadable"]


@pytest.mark.parametrize("date", ["Fri, 15 Mar 99999999999 08:30:00 +0100", "Fri, 15 Mar 2024 99999999999:30:00 +0100", "?"])
def test_an_odd_date_does_not_cost_the_article(date: str) -> None:
    (found,) = outcomes(f"From: a@example.org\nDate: {date}\n\nmot dit".encode())
    assert isinstance(found, Document)
    assert (found.text, found.published) == ("mot dit", None)
    assert [item.code for item in found.diagnostics] == ["date-unreadable"]


def test_flowed_lines_are_joined() -> None:
    mail = message(text="Une ligne \nqui va loin.\n\nUne autre \n \u00abfin\u00bb.\n")
    mail.set_param("format", "flowed")
    (found,) = outcomes(bytes(mail))
    assert isinstance(found, Document)
    assert found.text.split("\n\n")[1:] == ["Une ligne qui va loin.", "Une autre «fin»."]


def test_attachments_are_told_of() -> None:
    mail = message()
    mail.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="note d'été.pdf")
    mail.add_attachment("tableau", filename="a.txt")
    (found,) = outcomes(bytes(mail))
    assert isinstance(found, Document)
    (odd,) = found.diagnostics
    assert odd.code == "attachment-not-read"
    assert "note d'été.pdf (application/pdf), a.txt (text/plain)" in odd.message
    assert "tableau" not in found.text


def nested(depth: int) -> EmailMessage:
    mail = message(f"niveau {depth}")
    if depth:
        mail.add_attachment(nested(depth - 1))
    return mail


def test_attached_messages_are_articles_down_to_a_depth() -> None:
    data = bytes(nested(5))
    found = outcomes(data)
    assert [item.title for item in found if isinstance(item, Document)] == ["niveau 5", "niveau 4", "niveau 3", "niveau 2"]
    last = found[-1]
    assert isinstance(last, Document)
    assert "mail-attached-messages" in [item.code for item in last.diagnostics]
    assert [item.source.ordinal for item in found if isinstance(item, Document)] == [0, 1, 2, 3]


def test_a_mailbox_is_read_message_by_message() -> None:
    first, last = bytes(message("un", text="From here on, a-t-il dit.\n\nFrom now on")), bytes(message("trois"))
    broken = b"rien\n"
    data = mailbox([first, broken, last])
    found = outcomes(data)
    assert told(data) == ["un", "format-damaged", "trois"]
    assert "message 2 of x" in str(found[1])
    assert isinstance(found[0], Document)
    assert found[0].text == "un\n\nFrom here on, a-t-il dit.\n\nFrom now on"
    assert (found[0].source.reader, found[0].source.ordinal) == ("mbox", 0)


def test_one_message_beyond_the_limit_does_not_stop_the_others() -> None:
    data = mailbox([bytes(message("un")), bytes(message("long", text="mot dit\n" * 1000)), bytes(message("trois"))])
    assert told(data, chosen=Settings(max_bytes=2_000)) == ["un", "input-too-large", "trois"]


@pytest.mark.parametrize(
    ("head", "form"),
    [
        ("From a@example.org Fri Mar 15 08:30:00 2024\nFrom: a@example.org\n", "mbox"),
        ("From Brest to Paris, at 08:30 the minister left.\nThen", "text"),
        ("Received: x\r\nFrom: a\r\n\r\n", "eml"), ("Subject: x\nFrom: y\n\nDate: z", "text"), ("Date: x\nFrom: y\n\n", "eml"),
    ],
)  # fmt: skip
def test_mail_is_found_by_its_head(head: str, form: str) -> None:
    assert sniff(Raw.of_bytes(head.encode(), "standard input")) == form


def parts(depth: int) -> bytes:
    head = b"From: a@example.org\nDate: x\n"
    opened = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (at, at) for at in range(depth))
    return head + opened + b"\nmot dit\n" * 20


HOSTILE = {
    "a header of a megabyte": b"From: " + b"<a@b>," * 170_000 + b"\nDate: x\n\nmot dit",
    "a type of a megabyte": b"From: a\nContent-Type: text/plain; " + b"a=b; " * 200_000 + b"\n\nmot dit",
    "comments in comments": b"From: " + b"(" * 100_000 + b"\nDate: x\n\nmot dit",
    "parts in parts": parts(3_000),
    "messages in messages": b"From: a\nDate: x\n" + b"Content-Type: message/rfc822\n\nFrom: a\n" * 5_000 + b"\nmot dit",
    "many borders": b"From: a\nDate: x\n" + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nmot dit\n" * 5_000,
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_mail_gives_documents_or_errors(data: bytes) -> None:
    found = outcomes(data, "eml")
    assert found
    assert all(isinstance(item, Document | InputError) for item in found)


def test_too_much_work_is_refused() -> None:
    data = parts(1_000) + b"\n" * 60_000
    assert told(data, "eml") == ["format-damaged"]


GOOD = mailbox([bytes(nested(1)), bytes(message("deux", page=PAGE))])


@pytest.mark.parametrize("form", ["mbox", "eml"])
@given(data=st.data())
@settings(max_examples=150, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_bytes_give_documents_or_errors(form: str, data: st.DataObject) -> None:
    good = GOOD if form == "mbox" else GOOD.partition(b"\n")[2]
    written = bytearray(data.draw(st.one_of(st.binary(min_size=1, max_size=200), st.integers(1, len(good)).map(lambda end: good[:end]))))
    for at in data.draw(st.lists(st.integers(0, 5_000), max_size=8)):
        written[at % len(written)] = data.draw(st.integers(0, 255))
    assert all(isinstance(item, Document | InputError) for item in outcomes(bytes(written), form))
