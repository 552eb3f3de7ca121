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

/** Words to put in place of a finding, best first. Masks such as <CARD-1> are for archives, not for a reply. */
export function fixesOf({ span, replacements }) {
  return span ? replacements.filter((words) => !/^<[A-Z-]+-\d+>$/.test(words)) : [];
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
