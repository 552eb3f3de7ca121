/** Offsets while the text moves on under a review; they count UTF-16 code units, as a browser does. */

/**
 * The findings of a review of `before` that still hold in `after`, with their spans moved. A finding whose words were
 * touched is left out: the next review says whether it still stands.
 */
export function moved(findings, before, after) {
  if (before === after) return findings;
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const shift = after.length - before.length;
  return findings.flatMap((finding) => {
    const span = finding.span;
    if (!span || span.end <= head) return [finding];
    if (span.start < before.length - tail) return [];
    return [{ ...finding, span: { start: span.start + shift, end: span.end + shift } }];
  });
}

/** `after` with the very objects of `before` where they say the same: a card that is open stays with its finding. */
export function kept(before, after) {
  const old = new Map(before.map((finding) => [JSON.stringify(finding), finding]));
  return after.map((finding) => old.get(JSON.stringify(finding)) ?? finding);
}

/** `marks` ({start, end, level}) cut into pieces that do not overlap, each with the highest level over it. */
export function pieces(marks, ranks) {
  const edges = [...new Set(marks.flatMap((mark) => [mark.start, mark.end]))].sort((a, b) => a - b);
  const found = [];
  for (let at = 0; at + 1 < edges.length; at += 1) {
    const [start, end] = [edges[at], edges[at + 1]];
    const over = marks.filter((mark) => mark.start <= start && mark.end >= end);
    if (!over.length) continue;
    const level = over.reduce((a, b) => (ranks[b.level] > ranks[a.level] ? b : a)).level;
    found.push({ start, end, level });
  }
  return found;
}

/** The sentence around a span, without a greeting at its head: where a rewritten sentence goes. */
export function sentenceAround(text, span) {
  const before = text.slice(0, span.start);
  const ends = [...before.matchAll(/[.!?]["'”’)]*\s+|\n+/g)];
  let start = ends.length ? ends.at(-1).index + ends.at(-1)[0].length : 0;
  const greeting = /^\s*(?:hi|hello|hey|dear|g['’]day|good (?:morning|afternoon|evening))\b[^,.!?\n]{0,40},\s*/i;
  const head = text.slice(start, span.start).match(greeting);
  if (head) start += head[0].length;
  // From the span's last sign on, which may itself end the sentence.
  const last = Math.max(span.start, span.end - 1);
  const stop = text.slice(last).match(/[.!?]+["'”’)]*(?=\s|$)|(?=\n)/);
  const end = stop ? last + stop.index + stop[0].length : text.length;
  return { start, end: Math.max(end, span.end) };
}

/** A span, with one of the spaces beside it where `words` is nothing: what is left out leaves no double space. */
export function closingGap(text, span, words) {
  const gap = !words && /^$|\s/.test(text.charAt(span.start - 1)) && /\s/.test(text.charAt(span.end));
  return { start: span.start, end: span.end + (gap ? 1 : 0) };
}
