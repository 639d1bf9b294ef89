// What the shop says of itself: its clock, where its events are, whether any name may log in, its currencies.
import { call } from './api.js';
import { forget, sample } from './clock.js';
import { repeat, sleep } from './pace.js';

const CLOCK_EVERY_MS = 60_000;
const START_PAUSE_MS = 2_000;

export const facts = { eventsOrigin: '', raceLabOrigin: '', demoLogin: false, currencyDigits: {} };

/** Asks until the shop has answered once, and from then on again and again for its clock. */
export async function learnFacts() {
  while (!(await ask())) await sleep(START_PAUSE_MS);
  repeat(CLOCK_EVERY_MS, ask);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) {
      forget();
      ask();
    }
  });
}

async function ask() {
  try {
    const sentAt = performance.now();
    const { json } = await call('GET', '/api/shop');
    sample(json.now, sentAt, performance.now());
    for (const name of Object.keys(facts)) facts[name] = json[name];
    return true;
  } catch {
    // The banner says so; the next round asks again.
    return false;
  }
}

/** How many digits of an amount in the currency's minor unit stand after the decimal point; browsers' own tables differ. */
export function fractionDigits(currency) {
  return facts.currencyDigits[currency] ?? 2;
}
