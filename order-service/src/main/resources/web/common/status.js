// What is said beside the page itself: the state of the connection, and changes that are heard but need not be seen.
import { h, setText } from './dom.js';

/** A stream that is opened anew, as each is from time to time, is not worth a word. */
const SAID_AFTER_MS = 1_000;

const lost = new Set();
let lostText = '';

/** The sentence for a lost connection, in the language of the page. */
export function setLostText(text) {
  lostText = text;
  draw();
}

/** Tells how a part of the connection is; the banner is there while any part is lost. */
export function connection(part, works) {
  if (works) lost.delete(part);
  else lost.add(part);
  if (works) draw();
  else setTimeout(draw, SAID_AFTER_MS);
}

function draw() {
  const banner = document.getElementById('connection');
  setText(banner, lost.size > 0 ? lostText : '');
}

/** Says a change to those who listen to the page. */
export function announce(text) {
  // a part of its own each time: the same text is heard again
  document.getElementById('announcer').replaceChildren(h('span', {}, text));
}
