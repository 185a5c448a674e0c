"""In which language to speak: that of ``--lang``, else of the locale."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

from extractor.errors import Language

#: In the order in which POSIX asks them; the first that is set and not empty decides.
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def spoken(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """The language of messages, help and card. Read before the arguments are parsed, whose errors need it.

    >>> spoken([], {"LANG": "zh_CN.UTF-8"}), spoken([], {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"})
    ('zh', 'en')
    >>> spoken(["a.txt", "--lang", "zh"], {}), spoken(["--lang=en"], {"LANG": "zh_CN"})
    ('zh', 'en')
    """
    for argument, following in pairwise([*arguments, ""]):
        if argument == "--":
            break
        option, _, value = argument.partition("=")
        if option == "--lang" and (said := value or following) in ("zh", "en"):
            return "zh" if said == "zh" else "en"
    locale = next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    return "zh" if locale.lower().startswith("zh") else "en"


def translated(english: str, language: Language) -> str:
    """The sentence in this language; English where ``zh.toml`` has none (a test sees to it that it has).

    Line breaks of the English do not count: a docstring has them where the code needs them.
    """
    return _chinese().get(" ".join(english.split()), english) if language == "zh" else english


@cache
def _chinese() -> dict[str, str]:
    return tomllib.loads((files(__package__) / "zh.toml").read_text("utf-8"))
