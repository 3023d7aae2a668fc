"""The terms of the annotation guide: what a field of a noun may say."""

from __future__ import annotations

from typing import Literal

EventType = Literal[
    "clash", "airstrike", "shelling", "bombing", "attack", "casualties", "capture", "withdrawal", "mobilisation",
    "evacuation", "displacement", "return", "siege", "obstruction", "aid", "detention", "release", "talks", "agreement",
    "violation", "demand", "rejection", "condemnation", "threat", "protest", "monitoring", "needs", "other",
]  # fmt: skip
FileState = Literal["read", "doubtful", "skipped", "failed"]
#: Whether an earlier run's reading of a file was taken, or why it was read (again); empty where none are kept.
FileTaken = Literal["", "kept", "new", "changed", "failed", "outdated", "asked"]
Status = Literal[
    "planned", "possible", "began", "ongoing", "suspended", "resumed", "completed", "occurred", "not_occurred"
]
Stance = Literal["neutral", "asserted", "believed", "doubted", "denied"]
Population = Literal[
    "people", "civilians", "fighters", "soldiers", "men", "women", "children", "elderly", "patients", "wounded",
    "families", "displaced", "refugees", "prisoners", "staff", "journalists", "buses", "trucks", "ambulances",
    "vehicles", "convoys", "strikes", "munitions", "settlements", "buildings", "facilities", "tonnes", "packages",
    "hours", "days", "percent", "money", "other",
]  # fmt: skip
Outcome = Literal[
    "killed", "injured", "missing", "detained", "released", "evacuated", "displaced", "returned", "besieged",
    "remaining", "in_need", "reached", "blocked", "present", "surrendered", "deployed", "destroyed", "seized",
    "carried_out", "none",
]  # fmt: skip
Role = Literal["at", "from", "to", "near"]
Relation = Literal["unknown", "not_comparable", "variant", "part", "update", "revision", "contradict", "agree"]
Grade = Literal["weak", "fair", "contested", "confirmed"]
