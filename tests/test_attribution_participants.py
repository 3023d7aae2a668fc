"""Who takes part in a claim, named by its clause."""

import pytest

from tawatur.claims.participants import participants
from tawatur.claims.tokens import tokenise
from tawatur.lang.pack import load

PACK = load()


def taking_part(text: str, event_type: str) -> tuple[list[str], list[str]]:
    tokens = tokenise(text, PACK.lexicon)
    actors, affected = participants(tokens, 0, len(tokens), event_type, PACK)
    return [m.name for m in actors], [m.name for m in affected]


@pytest.mark.parametrize(
    ("text", "event_type", "actors", "affected"),
    [
        ("مقتل ستة مدنيين", "casualties", [], ["مدنيين"]),
        ("اعتقلت الشرطة عشرين شاباً", "detention", ["الشرطة"], ["شاباً"]),
        ("سيطر الجيش السوري على التلة", "capture", ["الجيش السوري"], ["التلة"]),
        ("مطالباً مجلس الأمن بالتدخل", "demand", [], ["مجلس الأمن"]),
    ],
)
def test_actors_and_affected(text: str, event_type: str, actors: list[str], affected: list[str]) -> None:
    assert taking_part(text, event_type) == (actors, affected)


def test_a_mention_points_at_its_words() -> None:
    text = "اعتقلت الشرطة عشرين شاباً"
    tokens = tokenise(text, PACK.lexicon)
    (actor,), _ = participants(tokens, 0, len(tokens), "detention", PACK)
    assert actor.span is not None
    assert actor.span.of(text) == "الشرطة"


def test_a_clause_without_names_gives_none() -> None:
    assert taking_part("الطريق مقطوع منذ الصباح", "casualties") == ([], [])
