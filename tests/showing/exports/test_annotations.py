import json
from typing import Any

from pyld import jsonld

from onrecord.model import Record
from tests.showing.exports.hostile import HOSTILE, MARKS, QUOTE, RECORDS, WIRE, exported

OA, DC, AS, RDF = "oa:", "dc:", "as:", "rdf:"
#: The terms of http://www.w3.org/ns/anno.jsonld that are used, as the model's vocabulary defines them.
CONTEXT = {
    "oa": "http://www.w3.org/ns/oa#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "as": "http://www.w3.org/ns/activitystreams#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "http://schema.org/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dctypes": "http://purl.org/dc/dcmitype/",
    "id": "@id",
    "type": "@type",
    "Annotation": "oa:Annotation",
    "SpecificResource": "oa:SpecificResource",
    "TextualBody": "oa:TextualBody",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "TextPositionSelector": "oa:TextPositionSelector",
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    "Software": "as:Application",
    "Text": "dctypes:Text",
    "identifying": "oa:identifying",
    "classifying": "oa:classifying",
    "describing": "oa:describing",
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "body": {"@type": "@id", "@id": "oa:hasBody"},
    "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"},
    "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "value": "rdf:value",
    "format": "dc:format",
    "language": "dc:language",
    "name": "foaf:name",
    "label": "rdfs:label",
    "generator": {"@type": "@id", "@id": "as:generator"},
    "first": {"@type": "@id", "@id": "as:first"},
    "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
    "startIndex": {"@type": "xsd:nonNegativeInteger", "@id": "as:startIndex"},
    "total": {"@type": "xsd:nonNegativeInteger", "@id": "as:totalItems"},
}


def loaded(*records: Record) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(exported("annotations", *records))
    return found


def keys(value: object) -> set[str]:
    if isinstance(value, dict):
        return value.keys() | {key for item in value.values() for key in keys(item)}
    return {key for item in value for key in keys(item)} if isinstance(value, list) else set()


def strings(value: object) -> set[str]:
    if isinstance(value, str):
        return {value}
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return {one for item in items for one in strings(item)}


def test_every_statement_and_event_is_an_annotation() -> None:
    found = loaded()
    items = found["first"]["items"]
    count = sum(len(record.statements()) + len(record.events()) for record in RECORDS)
    assert found["total"] == len(items) == count
    assert len({item["id"] for item in items}) == count


def test_quotes_and_positions_point_at_the_same_words() -> None:
    texts = {one.sha256: one.text for record in RECORDS for one in record.reports}
    seen = 0
    for item in loaded()["first"]["items"]:
        for target in item["target"] if isinstance(item["target"], list) else [item["target"]]:
            quote, position = target["selector"]
            around = quote["prefix"] + quote["exact"] + quote["suffix"]
            at = position["start"] - len(quote["prefix"])
            assert any(text[at : at + len(around)] == around for text in texts.values())
            assert position["end"] - position["start"] == len(quote["exact"])
            seen += 1
    assert seen >= 13


def test_hostile_words_come_back_character_by_character() -> None:
    quotes = [item["target"]["selector"][0]["exact"] for item in loaded()["first"]["items"]]
    assert QUOTE in quotes
    assert MARKS.events[1].span.of(HOSTILE.text) in quotes


def test_json_ld_knows_every_word() -> None:
    found = loaded()
    assert found["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert keys(found) - {"@context"} <= CONTEXT.keys()
    expanded = jsonld.expand({**found, "@context": CONTEXT})
    (collection,) = expanded
    told = strings(found) - {"http://www.w3.org/ns/anno.jsonld"} - CONTEXT.keys()
    assert told <= strings(expanded)
    (items,) = collection["http://www.w3.org/ns/activitystreams#first"][0]["http://www.w3.org/ns/activitystreams#items"]
    assert len(items["@list"]) == found["total"]


def test_a_source_is_an_iri_and_never_a_script() -> None:
    sources = {item["target"]["source"]["id"] for item in loaded()["first"]["items"]}
    assert HOSTILE.url in sources
    assert all(one.startswith(("https://", "urn:uuid:")) for one in sources)
    assert str(WIRE.url) not in exported("annotations").decode()


def test_a_collection_without_annotations_has_no_page() -> None:
    found = loaded(Record())
    assert (found["total"], "first" in found) == (0, False)


def test_the_order_of_the_records_changes_nothing() -> None:
    assert exported("annotations", *RECORDS[::-1]) == exported("annotations")
