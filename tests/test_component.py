"""The spaCy component, found by its entry point."""

from __future__ import annotations

import pytest
import spacy

from propos.model import Record

TEXT = '"Nous sommes prêts", a dit le ministre.\r\nIl est parti.'


@pytest.mark.usefixtures("stub_pipeline")
def test_the_record_hangs_on_the_doc_with_its_offsets() -> None:
    nlp = spacy.blank("fr")
    nlp.add_pipe("propos", config={"published": "2024-03-15"})
    doc = nlp(TEXT)
    record = doc._.propos
    assert isinstance(record, Record)
    assert (record.text, record.published) == (doc.text, "2024-03-15")
    (statement,) = record.statements
    content = doc.char_span(*statement.content[0])
    assert content is not None
    assert content.text == '"Nous sommes prêts"'


@pytest.mark.usefixtures("stub_pipeline")
def test_a_doc_without_a_word_has_no_record() -> None:
    nlp = spacy.blank("fr")
    nlp.add_pipe("propos")
    assert nlp(" … ")._.propos is None


@pytest.mark.model
def test_the_component_reads_for_real() -> None:
    nlp = spacy.blank("fr")
    nlp.add_pipe("propos")
    record = nlp("« Nous sommes prêts », a déclaré la ministre de la Défense à Kiev.")._.propos
    assert [record.text[span.start : span.end] for span in record.statements[0].content] == ["« Nous sommes prêts »"]
