"""Who chaired, spoke, reported, lectured, attended; who is only mentioned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.language import Language

from extractor.language.acts import BEHALF, ActReader, Said
from extractor.language.findings import Component, Findings
from extractor.language.lists import NOBODY, is_list
from extractor.language.second_reading import ROLES, read_again
from extractor.language.types import Act, Extent, Name, Person, Speech
from extractor.rules import load

_COLLECTIVE = load("titles")["titles.collective"]
_RULES = load("roles")
_FIRM, _ACCOUNTS, _SAYS, _OPENING = (_RULES[f"roles.{x}"] for x in ("firm", "accounts", "says", "adverb"))
_ORDERS, _LEADING = _RULES["roles.orders"], _RULES["roles.leading"]
_FIRMLY = _RULES.words("firmly")
#: How far behind a statement, in code points, its account goes on: about a paragraph.
_GOES_ON = 400
#: From how many people on, of whom nothing else is told but that they said something, it was a discussion.
_DISCUSSION = 3
#: Behind a name: who has this honour is cited more often than there.
_HONOUR = "总书记"


class Roles(Component):
    """Acts, people and the merely mentioned."""

    stage = "people"
    fills = ("acts", "mentioned")
    needs = ("layout", "titles", "speech")

    def find(self, found: Findings) -> None:
        """Fill ``found.acts``, ``found.people`` and ``found.mentioned``."""
        assert found.layout is not None and found.titles is not None
        acts = read_again(found.clean, found.layout, found.titles, read_by_rules(found))
        found.acts = tuple(act for act, _ in acts)
        found.people = tuple(people_of(found.clean, acts, found.titles))
        taking_part = {p.name for p in found.people}
        found.mentioned = tuple(
            n for n in found.titles if n.name not in taking_part and n.rule != "titles.alias"
        )

    def show(self, found: Findings) -> Iterable[tuple[int, int, str, str]]:
        """Each person's first mention, labelled with the roles."""
        return (
            (p.evidence[0].start, p.evidence[0].end, "+".join(p.roles), p.rule) for p in found.people or ()
        )


def read_by_rules(found: Findings) -> list[Said]:
    """Who did what, as the rules read it."""
    assert found.layout is not None and found.titles is not None and found.speech is not None
    told = sorted(s.content for s in found.speech if s.kind != "statement")
    units = found.known.units if found.known else ()
    reader = ActReader(found.clean, found.layout, found.titles, told, units)
    return _settled(found.clean, _with_speech(found.clean, reader.read(), found.speech))


def _with_speech(text: str, acts: Iterable[Said], speech: tuple[Speech, ...]) -> list[Said]:
    """The acts and what the account of speeches adds to them, in the order of the text.

    Who has just made a statement or held a lecture goes on in it: 李甲作表态发言。他表示… is no address.
    """
    said = [s for s in speech if s.speaker is not None and s.kind in ("address", "statement", "report")]
    acts = [*acts, *_by_units(text, speech)]
    out: list[Said] = []
    last: dict[str, tuple[str, int]] = {}  # a person's last role and where it was said
    timeline: list[tuple[int, int, Said | Speech]] = [(a[0].verb.start, 0, a) for a in acts]
    timeline += [(s.start, 1, s) for s in said]
    for at, _, item in sorted(timeline, key=lambda x: x[:2]):
        new = _said(text, item, at, last) if isinstance(item, Speech) else [item]
        if not isinstance(item, Speech) and _goes_on(text, item, last):
            continue
        for act, people in new:
            out.append((act, people))
            if not act.soft:
                last.update({n.name: (act.role, act.verb.end) for n in people})
    return out


def _by_units(text: str, speech: Iterable[Speech]) -> Iterator[Said]:
    """What units say through people who are not named: 县财政局负责人表示…"""
    for s in speech:
        if s.speaker is not None or s.rule != "speech.say" or s.kind in ("quote", "meeting") or s.implied:
            continue
        verb = text.rfind(s.verb, s.start, s.end)
        start = _OPENING.match(text, s.start, verb).end()  # type: ignore[union-attr]  # it matches nothing, too
        if start < verb and is_list(text, start, verb, NOBODY):
            pledges = text.startswith("将", s.content.start)
            leads = _LEADING.search(text, start, verb) is not None and not pledges
            role = "address" if s.verb in _FIRMLY or leads else "statement"
            yield Act(role, Extent(start, verb), Extent(verb, s.end), s.rule), ()


def _goes_on(text: str, item: Said, last: dict[str, tuple[str, int]]) -> bool:
    """Whether 介绍了, 寄语 tell what was in the statement or lecture that these people have just given."""
    act, people = item
    told = (act.role, text[act.verb.start : act.verb.start + 2]) in (("report", "介绍"), ("address", "寄语"))
    if not told or not people:
        return False
    before = [last.get(n.name, ("", 0)) for n in people]
    return all(role in ("statement", "lecture") and act.verb.start - at < _GOES_ON for role, at in before)


def _settled(text: str, acts: list[Said]) -> list[Said]:
    """The acts that stand when all is known that is told of each person, in the role that they then have."""
    all_told = _AllTold(text, acts)
    out: list[Said] = []
    for act, people in acts:
        left = tuple(n for n in people if all_told.counts(act, n))
        if not people:
            out.append((act, people))
        elif left:
            out.append((all_told.in_discussion(act, left), left))
    return out


class _AllTold:
    """What all acts together tell of each person."""

    def __init__(self, text: str, acts: list[Said]) -> None:
        self.text = text
        self.parts: defaultdict[str, set[str]] = defaultdict(set)  # name → roles that are more than soft
        rules: defaultdict[str, set[str]] = defaultdict(set)
        for act, people in acts:
            for name in people:
                rules[name.name].add(act.rule if act.role == "address" else act.role)
                if not act.soft or act.role == "lecture":
                    self.parts[name.name].add(act.role)
        discussing = {name for name, told in rules.items() if told == {"speech.say"}}
        self.discussing = discussing if len(discussing) >= _DISCUSSION else set()

    def counts(self, act: Act, name: Name) -> bool:
        """Whether an act is one of this person's own.

        A soft one is not where more is told. Who lectures makes no report and no statement beside, and what his lecture
        says is no address: in the annotations 110 of 136 lecturers have no other part but to attend. Who chairs makes no
        statement by saying something, and 李甲总书记 did elsewhere what is told of him, unless he was there.
        """
        parts, spoken = self.parts[name.name], act.role not in ("attend", "chair")
        if act.soft and act.role != "lecture" and (parts - {"attend"} if spoken else parts):
            return False
        if "lecture" in parts and self._is_within_lecture(act):
            return False
        if act.role == "statement" and "chair" in parts and _SAYS.match(self.text, act.verb.start):
            return False
        honoured = self.text.startswith(_HONOUR, name.end)
        return not (spoken and honoured and not parts & {"attend", "chair"})

    def in_discussion(self, act: Act, people: Sequence[Name]) -> Act:
        """An act as it counts where many say something and nothing else is told of them: each makes a statement."""
        discussed = act.role == "address" and all(n.name in self.discussing for n in people)
        return replace(act, role="statement") if discussed else act

    def _is_within_lecture(self, act: Act) -> bool:
        if act.role == "report":
            return _ACCOUNTS.search(self.text, act.verb.start, act.verb.end) is None
        return act.role == "statement" or act.rule in ("speech.say", "speech.told")


def _said(text: str, speech: Speech, at: int, last: dict[str, tuple[str, int]]) -> Iterator[Said]:
    assert speech.speaker is not None
    role, before = speech.kind, last.get(speech.speaker.name)
    firm = _FIRM.search(speech.verb) is not None or _ORDERS.match(text, speech.content.start) is not None
    if (
        role == "address"
        and not firm
        and before
        and before[0] in ("statement", "lecture")
        and at - before[1] < _GOES_ON
    ):
        role = before[0]
    if role == "statement" and before and before[0] == "address":
        role = "address"  # whoever opened a learned meeting goes on in that
    verb = Extent(speech.start, speech.end)
    yield Act(role, Extent(at, at), verb, speech.rule), (speech.speaker, *speech.others)
    if (behalf := BEHALF.search(text, verb.start, verb.end)) is not None:
        yield Act(role, Extent(*behalf.span("unit")), verb, "roles.behalf"), ()


def people_of(text: str, acts: list[Said], names: tuple[Name, ...]) -> Iterator[Person]:
    """One person for each name with a role, in the order of first mention with a role."""
    roles: dict[str, dict[str, list[Extent]]] = {}
    rules: dict[str, str] = {}
    for act, people in acts:
        for name in people:
            roles.setdefault(name.name, {}).setdefault(act.role, []).append(act.verb)
            rules.setdefault(name.name, act.rule)
    mentions: dict[str, list[Name]] = {}
    for name in names:
        if name.name in roles and name.rule != "titles.alias":
            mentions.setdefault(name.name, []).append(name)
    for person, where in mentions.items():
        title = _fullest(text, where)
        first = next((n for n in where if n.title == title), where[0])
        said = sorted({e for extents in roles[person].values() for e in extents})
        evidence = (Extent(first.start, first.end), *said)
        yield Person(person, title, tuple(r for r in ROLES if r in roles[person]), evidence, rules[person])


def _fullest(text: str, mentions: list[Name]) -> Extent | None:
    """The title with the most to say: a post before a shared word like 市领导, then the longer."""
    titles = [n.title for n in mentions if n.title is not None]
    return max(
        titles,
        key=lambda t: (not _COLLECTIVE.search(t.of(text)), t.end - t.start, -t.start),
        default=None,
    )


@Language.factory("meeting_roles")
def make(nlp: Language, name: str) -> Roles:  # noqa: ARG001  (spaCy's signature)
    """The component, for ``nlp.add_pipe("meeting_roles")``."""
    return Roles()
