/** Hover and tap: which finding lies under the pointer, and for how long. */

const DWELL = 180;
const GRACE = 320;

/** Listen on the text box `element` and on the card of `reader`; gives back a function that stops. */
export function followPointer(reader, element) {
  const { card } = reader;
  let timer = 0;
  let waiting = null;
  const later = (after, what) => {
    clearTimeout(timer);
    timer = setTimeout(what, after);
  };
  const move = (event) => {
    const finding = reader.at(event.clientX, event.clientY);
    if (finding && finding === card.finding) {
      clearTimeout(timer);
    } else if (finding) {
      if (finding === waiting) return;
      waiting = finding;
      later(DWELL, () => {
        waiting = null;
        if (!card.hasFocus) reader.show(finding, { focus: false });
      });
    } else {
      leave();
    }
  };
  const leave = () => {
    if (waiting) clearTimeout(timer);
    waiting = null;
    if (card.isOpen && !card.hasFocus) later(GRACE, () => !card.hasFocus && reader.close({ back: false }));
  };
  const tap = (event) => {
    const finding = reader.at(event.clientX, event.clientY);
    if (finding) reader.show(finding, { focus: false });
  };
  const stay = () => clearTimeout(timer);
  const listeners = [
    [element, "pointermove", move],
    [element, "pointerleave", leave],
    [element, "click", tap],
    [card.box, "pointerenter", stay],
    [card.box, "pointerleave", leave],
  ];
  for (const [target, name, act] of listeners) target.addEventListener(name, act, { passive: true });
  return () => {
    clearTimeout(timer);
    for (const [target, name, act] of listeners) target.removeEventListener(name, act);
  };
}
