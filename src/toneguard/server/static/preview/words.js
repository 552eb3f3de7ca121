/** What the preview says, in one place. */

export const RANKS = { note: 1, suggestion: 2, warning: 3, error: 4 };

export const LEVELS = { note: "Note", suggestion: "Suggestion", warning: "Warning", error: "Error" };

export const VERDICTS = {
  pass: { name: "Pass", sign: "✓", meaning: "nothing that must change" },
  revise: { name: "Revise", sign: "!", meaning: "change it before it goes out" },
  hold: { name: "Hold", sign: "✕", meaning: "do not send this" },
  unknown: { name: "Unknown", sign: "?", meaning: "a required check could not run" },
  read: { name: "Read", sign: "–", meaning: "read, not judged" },
};

/** Words to put in place of a finding, best first. */
export function fixesOf({ span, replacements }) {
  return span ? replacements : [];
}

/** "2 warnings, 1 suggestion", the worst first; "" for none. */
export function counted(findings) {
  return Object.keys(RANKS)
    .reverse()
    .map((level) => [level, findings.filter((finding) => finding.level === level).length])
    .filter(([, count]) => count)
    .map(([level, count]) => `${count} ${level}${count > 1 ? "s" : ""}`)
    .join(", ");
}

/** What to show large of a review: `{kind, word, meaning}`. */
export function verdictOf(review, findings) {
  const { name, meaning } = VERDICTS[review.verdict ?? "read"];
  const counts = counted(findings);
  return { kind: review.verdict ?? "read", word: name, meaning: `${meaning[0].toUpperCase()}${meaning.slice(1)}${counts ? `: ${counts}` : ""}.` };
}

/** What to show where there is no review, from the HTTP status (0 where nobody answered) and the server's reason. */
export function absence(status, reason) {
  if (status === 401 || status === 403) return { kind: "waiting", word: "A token, please", meaning: "" };
  if (status >= 400 && status < 500 && status !== 429) return { kind: "waiting", word: "Not read", meaning: reason ?? "The server does not take this." };
  return { kind: "waiting", word: "No answer", meaning: "The server is away or busy. Your text stays here; this page asks again by itself." };
}

/** Put a verdict into a paragraph with the parts `.word` and `.meaning`. */
export function showVerdict(box, { kind, word, meaning }) {
  box.className = `verdict ${kind}`;
  box.querySelector(".word").textContent = word;
  box.querySelector(".meaning").textContent = meaning;
}

/** Which analysers could not answer, and why, in one line; "" where all did. */
export function absentOf({ skipped }) {
  return skipped.map(({ analyser, reason }) => `${analyser} was skipped: ${reason}.`).join(" ");
}

/** A few words of a text, for showing where something is. */
export function quoted(words) {
  const line = words.trim().replace(/\s+/g, " ");
  return line.length > 64 ? `${line.slice(0, 61)}…` : line;
}
