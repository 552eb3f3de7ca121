"""Words of feeling: a lexicon, and a linear loop that adds up what a message says with it.

Each word of feeling has a valence from VADER's lexicon (Hutto & Gilbert 2014), adjusted by what stands around it: a
booster, a negation, capitals, "but". What is quoted from earlier messages is not read; greetings and closing formulas
carry no feeling, whoever writes them.

On plain sentences this is what the vaderSentiment package gives, within 0.001. It differs on purpose where
the package errs; each difference has a name here and examples in the tests:

* ``so-and-this``: "so" and "this" count as "never so" only after a "never", and no longer switch a negation
  off (the package gives "not really so helpful" +0.61). "Haven't been this late", "never had such service"
  are compared too.
* ``boosters-in-between``: a booster does not use up the three words within which a negation works.
* ``curly-quotes``: "don’t" is "don't", and full-width letters are letters.
* ``own-sentence``: a negation or booster works in its own sentence.
* ``but``: weighs its own sentence, and the one before where it opens one; "nothing but", "last but not
  least" and "not only ..., but" are no contrast.
* ``no-denial``: "not only", "not just" and "nothing but" deny nothing.
* ``no-no``: "no no no" is not a double negation.
* ``idioms``: are read anywhere in a sentence, count once, can be negated, and do not rub off on the next
  word; so do the dampeners "kind of", "sort of" and "just enough", which the package adds to displeasure.
* ``lexicon-phrases``: entries of two words ("fed up", "can't stand") are found.
* ``short-words``: "ok," and "ty." are seen beside punctuation.
* ``joined-words``: "great...thanks", "good/bad", "thanks:)" are two words each.
* ``faces``: emoticons and emoji are neither negated nor boosted ("not happy :(" is no joke), and end what
  stood before; ":D" is not in capitals.
* ``emoji``: glued, tinted and variant emoji count; a "but" in an emoji's name is no contrast.
* ``no-words``: numbers, order codes, addresses, handles and labels ("86", "Option D:") are not words of
  feeling.
* ``capitals``: only words decide whether capitals stand out, and a word without feeling gains none by them.
* ``questions``: two questions are no outcry; only marks that stand together ("??") are.
* ``parts``: greeting, closing formulas and quoted history.

What service adds to this (``service.toml``) can be left out: ``load("plain")``.
"""
