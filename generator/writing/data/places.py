"""Names whose position people wrote down, for maps (GeoJSON, RFC 7946)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from generator.model import Corpus, OutputFile, PagePath
from generator.writing.site_info import SiteInfo

PLACES = PagePath("data/places.geojson")


def places_file(corpus: Corpus, site_info: SiteInfo) -> OutputFile:
    """Write every name with a known position as a point; longitude comes first."""
    collection = {"type": "FeatureCollection", "features": list(_features(corpus, site_info))}
    return OutputFile(PLACES, f"{json.dumps(collection, ensure_ascii=False, indent=1)}\n".encode())


def _features(corpus: Corpus, site_info: SiteInfo) -> Iterator[dict[str, Any]]:
    for entity in sorted(corpus.entities.entities.values(), key=lambda entity: entity.id):
        latitude, longitude = entity.facts.latitude, entity.facts.longitude
        if latitude is None or longitude is None:
            continue
        properties = {
            "name": entity.name,
            "kind": entity.kind,
            "documents": entity.documents,
            "mentions": entity.mentions,
        }
        if entity.address:
            properties["address"] = site_info.page(entity.address)
            properties["url"] = site_info.absolute_page(entity.address)
        yield {
            "type": "Feature",
            "id": entity.id,
            "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
            "properties": {key: value for key, value in properties.items() if value != ""},
        }
