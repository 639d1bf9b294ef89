// The shop's settings: clock, event source, demo log-in, currencies.
import { call } from './api.js';
import { forget, sample } from './clock.js';
import { repeat, sleep } from './pace.js';

const CLOCK_EVERY_MS = 60_000;
const START_PAUSE_MS = 2_000;
/** Age of the server's time in a document. */
const DOCUMENT_AGE_MAX_MS = 500;

export const facts = { eventsOrigin: '', raceLabOrigin: '', shopUrl: '', demoLogin: false, reminderMinutes: 0, currencyDigits: {} };

/** Reads the settings until the shop has answered once, then periodically for its clock. */
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
    const { json, carried } = await call('GET', '/api/shop');
    if (carried) {
      const { requestStart, responseStart } = performance.getEntriesByType('navigation')[0];
      sample(json.now, requestStart - DOCUMENT_AGE_MAX_MS, responseStart);
      ask();
    } else {
      sample(json.now, sentAt, performance.now());
    }
    for (const name of Object.keys(facts)) facts[name] = json[name];
    return true;
  } catch {
    // The banner shows it; the next round repeats the request.
    return false;
  }
}

/** Decimal places of an amount in the currency's minor unit; browsers' own tables differ. */
export function fractionDigits(currency) {
  return facts.currencyDigits[currency] ?? 2;
}

/** The server refuses a sale in any other currency. */
export function isCurrency(code) {
  return code in facts.currencyDigits;
}
