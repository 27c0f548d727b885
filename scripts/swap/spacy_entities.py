#!/usr/bin/env python3
"""spaCy's names in the place of `entities`:  segment FILE | scripts/swap/spacy_entities.py [MODEL] | quotes

Needs spaCy and a model of it (en_core_web_sm by default). Equal names of one type are taken for one entity; more
spaCy does not say.
"""
import importlib
import sys

import spacy
from stage import run, span

VALUES = {"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"}

name = sys.argv[1] if len(sys.argv) > 1 else "en_core_web_sm"
try:
    model = spacy.load(name, exclude=["lemmatizer"])
except OSError:  # a model that is a package of another name
    model = importlib.import_module(name).load(exclude=["lemmatizer"])


def entities(record):
    text = record["text"]
    model.max_length = max(model.max_length, len(text) + 1)
    found = {}
    for ent in model(text).ents:
        # spaCy's own OntoNotes names; what its other models call otherwise is another name.
        kind = ent.label_
        new = {"id": f"e{len(found) + 1}", "type": kind, "name": ent.text, "mentions": []}
        entity = found.setdefault((kind, ent.text), new)
        how = "value" if kind in VALUES else "name"
        entity["mentions"].append(span(text, ent.start_char, ent.end_char, kind=how))
    return list(found.values())


run("entities", entities)
