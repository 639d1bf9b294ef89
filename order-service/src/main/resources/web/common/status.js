// Messages outside the page's content: the connection's state, and announcements for screen readers.
import { h, setText } from './dom.js';

/** A short reconnect, as happens from time to time, is not reported. */
const SAID_AFTER_MS = 1_000;

const lost = new Set();
let lostText = '';

/** The message for a lost connection, in the page's language. */
export function setLostText(text) {
  lostText = text;
  draw();
}

/** Sets the state of one connection; the banner is shown while any is lost. */
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

/** Announces a change to screen readers. */
export function announce(text) {
  // a new element each time: the same text is announced again
  document.getElementById('announcer').replaceChildren(h('span', {}, text));
}
