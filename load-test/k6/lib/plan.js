// What can be set, by environment variables, and what follows from it. Read once, while k6 loads the script.

function text(name, otherwise) {
  const value = __ENV[name];
  return value === undefined || value === '' ? otherwise : value;
}

function number(name, otherwise, atLeast) {
  const value = Number(text(name, otherwise));
  if (!(value >= atLeast)) {
    throw new Error(`${name} must be a number, ${atLeast} or more; it is "${__ENV[name]}"`);
  }
  return value;
}

function required(name, otherwise) {
  const value = text(name, otherwise);
  if (value === undefined) {
    throw new Error(`${name} is needed, or RUN_JSON with the path of the run.json that ./doorbuster up writes`);
  }
  return value;
}

const runJson = text('RUN_JSON');
// k6 takes a relative path to be relative to this file.
const run = runJson === undefined ? {} : JSON.parse(open(runJson));
const buyers = Math.round(number('BUYERS', 50000, 1));
const rate = number('RATE', 1000, 1);
const repeaters = Math.round((buyers * Math.min(100, number('REPEAT_PERCENT', 5, 0))) / 100);

export const plan = {
  api: required('API', run.api),
  jwtSecret: required('JWT_SECRET', run.jwtSecret),
  operatorName: text('OPERATOR_NAME', 'operator'),
  operatorPassword: required('OPERATOR_PASSWORD', run.operator && run.operator.password),
  // An existing sale, or else one is made.
  sale: text('SALE'),
  counter: text('COUNTER', 'redis'),
  stock: Math.round(number('STOCK', 1000, 1)),
  // Each comes once: repeatClickers with two requests at a time, the others with one. All arrive in the same seconds.
  stormBuyers: buyers - repeaters,
  repeatClickers: repeaters,
  stormSeconds: Math.max(1, Math.ceil(buyers / rate)),
  // Of people who only look, at the height of the storm.
  browsersPerSecond: Math.ceil(number('BROWSE_RATE', Math.ceil(rate / 10), 1)),
  virtualUsersMax: Math.round(number('VUS_MAX', 4000, 3)),

  // How long the shop is asked to hold a request until it is decided; after that it says 202.
  waitSeconds: Math.round(number('WAIT_SECONDS', 10, 0)),
  // How long a buyer waits for any answer, and how often he repeats and looks.
  answerSecondsMax: 40,
  retriesMax: 20,
  retrySecondsMin: 0.2,
  retrySecondsMax: 5,
  looksMax: 6,
  lookEverySeconds: 0.5,
  // How long the proof may say PENDING.
  verifySecondsMax: number('VERIFY_SECONDS_MAX', 60, 0),
  verifyEverySeconds: 0.5,
  // Of the time until a buyer heard yes or no, at the end of it all.
  p99MillisMax: number('P99_MS_MAX', 10000, 1),
};
