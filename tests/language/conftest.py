"""One pipeline for all tests of components, and short readings of what it finds."""

from collections.abc import Callable

import pytest
from spacy.language import Language

from extractor.language.findings import Findings
from extractor.language.pipeline import load
from extractor.language.roles import people_of, read_by_rules


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load()


@pytest.fixture(scope="session")
def find(nlp: Language) -> Callable[[str], Findings]:
    def run(text: str) -> Findings:
        found: Findings = nlp(text)._.meeting
        return found

    return run


@pytest.fixture(scope="session")
def roles(find: Callable[[str], Findings]) -> Callable[[str], dict[str, str]]:
    """Each person's roles, joined by blanks; "" for those only mentioned."""

    def run(text: str) -> dict[str, str]:
        found = find(text)
        said = {p.name: " ".join(p.roles) for p in found.people or ()}
        return said | {n.name: "" for n in found.mentioned or ()}

    return run


@pytest.fixture(scope="session")
def ruled(find: Callable[[str], Findings]) -> Callable[[str], dict[str, str]]:
    """As ``roles``, by the rules alone, before the second reading."""

    def run(text: str) -> dict[str, str]:
        found = find(text)
        assert found.titles is not None
        said = dict.fromkeys((n.name for n in found.titles if n.rule != "titles.alias"), "")
        people = people_of(found.clean, read_by_rules(found), found.titles)
        return said | {p.name: " ".join(p.roles) for p in people}

    return run


@pytest.fixture(scope="session")
def units(find: Callable[[str], Findings]) -> Callable[[str], list[tuple[str, str | None, str]]]:
    """Name, representatives and roles of each unit."""

    def run(text: str) -> list[tuple[str, str | None, str]]:
        found = find(text)
        return [
            (
                u.name.of(found.clean),
                u.representatives and u.representatives.of(found.clean),
                " ".join(u.roles),
            )
            for u in found.units or ()
        ]

    return run
