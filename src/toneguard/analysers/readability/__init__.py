"""Readability: published formulas from the shared reading's counts, and what a grade cannot tell of a short
reply.

Counts first: words and sentences come from the :class:`~toneguard.documents.Document`; links, e-mail
addresses, handles, hashtags, order numbers, emoji and quoted history are no words; greeting and sign-off are
no prose. Syllables come from the CMU dictionary's data (:mod:`toneguard.resources.syllables`). The formulas
stand with their sources in :mod:`.measures`. Under 30 words of prose there is no grade; from 30 to 99 a
grade carries an interval (:mod:`.formulas` says which); SMOG needs 30 sentences unless a standard allows
fewer.

Where textstat 0.7.13, the usual package, gives other values on the same text:

* Coleman-Liau: it multiplies letters per 100 words by 0.058; published is 0.0588 (about 0.3 to 0.4 of a
  grade less);
* ARI: it counts punctuation as characters; published are letters and digits (up to 1 grade more);
* Gunning Fog: it passes over words of three syllables on the Dale-Chall list of easy words, such as
  "customer", which Gunning did not (1 to 2 grades less), and counts names and "created", which he did not;
* sentences: it drops those of one or two words ("OK. Sorry. Fixed." is one), takes line breaks and lists for
  nothing, and ends a sentence inside "www.example.com";
* syllables: where a word is not in the dictionary it asks a hyphenation package ("colour" 1, "24" 1); links
  count;
* it answers for any text: "OK" has grade 8.4 there; and it downloads its dictionary at first use.

Its other measures are served on request (option ``textstat``), fed our syllable data, offline.

Options in a standard: ``textstat``, a list of names such as ``"dale_chall_readability_score"``;
``smog_sentences``, from 1 to 30 (default 30).
"""

from toneguard.analysers.readability.analyser import Readability, make

__all__ = ["Readability", "make"]
