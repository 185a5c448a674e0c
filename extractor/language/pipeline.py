"""The pipeline: ``spacy.blank("zh")``, characters as tokens, and the components in their order."""

from __future__ import annotations

import spacy
from spacy.language import Language

from extractor.language import (  # noqa: F401  (importing them registers the factories)
    dates,
    documents,
    event,
    known,
    layout,
    names,
    ner,
    roles,
    speech,
    tasks,
    titles,
    tokenizer,
    units,
)
from extractor.lexicon import Lexicon

#: Factories in the order in which they run; each can also be added alone.
COMPONENTS = (
    "meeting_layout",
    "meeting_dates",
    "meeting_names",
    "meeting_titles",
    "meeting_speech",
    "meeting_roles",
    "meeting_units",
    "meeting_tasks",
    "meeting_documents",
    "meeting_event",
)

#: Longest text in code points: a report has 10³, a year's gazette 10⁶.
MAX_CHARACTERS = 20_000_000


def load(lexicon: Lexicon | None = None) -> Language:
    """Build the pipeline. Takes no file and no network; about 0.2 s after spaCy itself.

    ``lexicon``: what the archive knows; without one there is no component for it.
    """
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "meeting_extractor.Characters.v1"}}})
    nlp.max_length = MAX_CHARACTERS
    for name in COMPONENTS:
        nlp.add_pipe(name)
    if lexicon is not None:
        recogniser = nlp.add_pipe("meeting_lexicon", before="meeting_names")
        assert isinstance(recogniser, known.Recogniser)
        recogniser.matcher = known.Matcher(lexicon)
    return nlp
