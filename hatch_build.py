"""The build hook: makes the tables that are generated and not kept in the source."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class GeneratedTables(BuildHookInterface):
    """Writes the GeoNames table into the language pack before a wheel, editable or not, is put together."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the table and have it shipped although the version control ignores it."""
        root = Path(self.root)
        target = root / "src" / "tawatur" / "lang" / "ar" / "places_geonames.tsv"
        if not target.exists():
            runpy.run_path(str(root / "tools" / "build_gazetteer.py"))["write"](target)
        if version == "standard":
            build_data["force_include"][str(target)] = "tawatur/lang/ar/places_geonames.tsv"
