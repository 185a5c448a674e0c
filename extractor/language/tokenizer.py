"""Characters as tokens, in time linear in the text.

spaCy's own tokenizer for Chinese gives the same tokens, but searches each in what is left of the text: a
megabyte costs it eight times as much per character as ten kilobytes (benchmarks/throughput.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from spacy import util
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer
from spacy.vocab import Vocab

_TOKEN = re.compile(r"\S|\s++")
#: Where a Doc keeps the text that it was made of.
_TEXT = "meeting_extractor.text"


class Characters(DummyTokenizer):
    """Every character that is no white space is a token; a single blank belongs to the token before it."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The Doc of a text; ``doc.text == text``, whatever the text is."""
        words: list[str] = []
        spaces: list[bool] = []
        for piece in _TOKEN.findall(text):
            if piece[0].isspace():
                if piece[0] == " " and words and not words[-1].isspace() and not spaces[-1]:
                    spaces[-1] = True
                    piece = piece[1:]
                    if not piece:
                        continue
                words.append(piece)
                spaces.append(False)
            else:
                words.append(piece)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces, user_data={_TEXT: text})


def text_of(doc: Doc) -> str:
    """The text of a Doc, as ``doc.text``, which costs a tenth of the whole pipeline: it joins the tokens."""
    kept: str | None = doc.user_data.get(_TEXT)
    last = doc[-1] if len(doc) else None
    if kept is not None and last is not None and len(kept) == last.idx + len(last.text_with_ws):
        return kept  # not that of a longer Doc from which this one was cut with all its data
    return doc.text


@util.registry.tokenizers("meeting_extractor.Characters.v1")  # type: ignore[untyped-decorator]  # spaCy's own
def make() -> Callable[[Language], Characters]:
    """For a config: ``[nlp.tokenizer] @tokenizers = "meeting_extractor.Characters.v1"``."""
    return lambda nlp: Characters(nlp.vocab)
