"""Families of event types: what does harm, what moves people, and words."""

from __future__ import annotations

_FAMILIES = {
    "clash": "violence", "airstrike": "violence", "shelling": "violence", "bombing": "violence", "attack": "violence",
    "casualties": "violence", "capture": "violence", "withdrawal": "violence", "mobilisation": "violence",
    "violation": "violence", "evacuation": "movement", "displacement": "movement", "return": "movement",
    "siege": "movement", "obstruction": "movement", "aid": "movement", "release": "movement", "detention": "movement",
    "needs": "movement",
}  # fmt: skip


def family(event_type: str) -> str:
    """The family of an event type: violence, movement or words."""
    return _FAMILIES.get(event_type, "words")
