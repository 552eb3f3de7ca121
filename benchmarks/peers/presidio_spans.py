"""Spans that Presidio finds: reads JSON Lines of {"text"}, writes one JSON list of [start, end, type] a line, then its pace.

    python presidio_spans.py FILE

Default recognisers and the four Australian ones, a blank spaCy engine: no trained pipeline is on the package index. The last
line of the output is {"messages_per_cpu_s": ...}.
"""

import json
import logging
import sys
import time

import spacy
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import SpacyNlpEngine
from presidio_analyzer.predefined_recognizers import (
    AuAbnRecognizer, AuAcnRecognizer, AuMedicareRecognizer, AuTfnRecognizer)


class BlankEngine(SpacyNlpEngine):
    def __init__(self):
        super().__init__()
        self.nlp = {"en": spacy.blank("en")}

    def load(self):
        pass


logging.disable(logging.CRITICAL)
engine = BlankEngine()
registry = RecognizerRegistry(supported_languages=["en"])
registry.load_predefined_recognizers(languages=["en"], nlp_engine=engine)
for recogniser in (AuAbnRecognizer, AuAcnRecognizer, AuMedicareRecognizer, AuTfnRecognizer):
    registry.add_recognizer(recogniser(supported_language="en"))
analyzer = AnalyzerEngine(
    registry=registry, nlp_engine=engine, supported_languages=["en"], default_score_threshold=0.4)
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
analyzer.analyze(text="Call 0491 570 156 or write to sam@example.com.", language="en")
clock = time.process_time()
for text in texts:
    found = analyzer.analyze(text=text, language="en")
    print(json.dumps([[r.start, r.end, r.entity_type] for r in found]))
print(json.dumps({"messages_per_cpu_s": round(len(texts) / (time.process_time() - clock), 1)}))
