// A flash sale under load, in an open model: people come at their own rate, however slowly the shop answers.
//
//   storm     the opening: each buyer asks for one unit
//   repeats   impatient ones: the same request twice at the same time, which has to be one order
//   browsers  who only look at the sale's page and the list
//
// At the end the system proves what it sold; anything but PASS is a failure of this test. load-test/k6/run.sh runs it against
// ./doorbuster up; lib/plan.js has what can be set, and docs/load-tests.md tells of both.
import http from 'k6/http';
import exec from 'k6/execution';
import { Counter, Gauge, Trend } from 'k6/metrics';
import { plan } from './lib/plan.js';
import { buyer } from './lib/buyer.js';
import { counters } from './lib/answers.js';
import { createSale, login, prove } from './lib/operator.js';
import { summary } from './lib/summary.js';

const untilReserved = new Trend('until_reserved', true);
const untilRefused = new Trend('until_refused', true);
const untilPage = new Trend('until_page', true);
const undecided = new Counter('buyers_undecided');
const disagreeing = new Counter('repeats_disagreeing');
const wrongPages = new Counter('pages_wrong');
const verdicts = {};
['PASS', 'PENDING', 'FAIL'].forEach((verdict) => {
  verdicts[verdict] = new Counter(`verdict_${verdict}`);
});
const figures = {};
['stock', 'sold', 'available', 'oversold', 'duplicates', 'drift'].forEach((figure) => {
  figures[figure] = new Gauge(`sale_${figure}`);
});

const PAGE_TIMEOUT = '10s';
const SECONDS = `${plan.stormSeconds}s`;
// Who came last still gets an answer.
const GRACE = '90s';

// Exactly as many as wanted, evenly over the storm's seconds.
function arrivals(who, count) {
  const arrive = {
    executor: 'constant-arrival-rate',
    exec: who,
    rate: count,
    timeUnit: SECONDS,
    duration: SECONDS,
    gracefulStop: GRACE,
  };
  return Object.assign(arrive, users(count / plan.stormSeconds));
}

// Some virtual users from the beginning, for there is no time to make them in a storm.
function users(perSecond) {
  return { preAllocatedVUs: Math.min(plan.virtualUsersMax, Math.ceil(perSecond)), maxVUs: plan.virtualUsersMax };
}

function scenarios() {
  const all = {
    browsers: Object.assign(
      {
        executor: 'ramping-arrival-rate',
        exec: 'browse',
        startRate: Math.ceil(plan.browsersPerSecond / 10),
        timeUnit: '1s',
        stages: [
          { duration: `${Math.ceil(plan.stormSeconds / 4)}s`, target: plan.browsersPerSecond },
          { duration: `${Math.ceil((3 * plan.stormSeconds) / 4)}s`, target: Math.ceil(plan.browsersPerSecond / 2) },
        ],
        gracefulStop: GRACE,
      },
      users(plan.browsersPerSecond),
    ),
  };
  if (plan.stormBuyers > 0) {
    all.storm = arrivals('storm', plan.stormBuyers);
  }
  if (plan.repeatClickers > 0) {
    all.repeats = arrivals('repeats', plan.repeatClickers);
  }
  return all;
}

export const options = {
  scenarios: scenarios(),
  setupTimeout: '60s',
  teardownTimeout: `${plan.verifySecondsMax + 2 * plan.answerSecondsMax}s`,
  summaryTrendStats: ['p(50)', 'p(95)', 'p(99)', 'max', 'count'],
  thresholds: {
    verdict_PASS: ['count==1'],
    answers_unexpected: ['count==0'],
    buyers_undecided: ['count==0'],
    repeats_disagreeing: ['count==0'],
    pages_wrong: ['count==0'],
    // Whom no virtual user was left for. More than a few, and this machine was too slow for its own crowd.
    dropped_iterations: [`count<=${Math.floor((plan.stormBuyers + plan.repeatClickers) / 100)}`],
    until_refused: [`p(99)<${plan.p99MillisMax}`],
    until_reserved: [`p(99)<${plan.p99MillisMax}`],
  },
};

// Refusals are answers, not failures; what must not be is counted as unexpected.
http.setResponseCallback(http.expectedStatuses({ min: 200, max: 299 }, 409, 429, 503));

export function setup() {
  // A rule about a figure that nobody ever wrote counts as kept: so all are written, as nothing.
  [verdicts.PASS, counters.unexpected, undecided, disagreeing, wrongPages].forEach((each) => each.add(0));
  const token = login();
  const saleId = plan.sale === undefined ? createSale(token) : plan.sale;
  // In an existing sale nobody of this run may have been before.
  return { token, saleId, crowd: Date.now().toString(36) };
}

export function storm(data) {
  const began = Date.now();
  tell(began, comer(data, 's').buy());
}

export function repeats(data) {
  const began = Date.now();
  const one = comer(data, 'r');
  const answers = one.buyTwice();
  answers.forEach((answer) => tell(began, answer));
  if (answers.some((answer) => answer.kind === 'reserved')) {
    answers.push(one.ask());
  }
  const ids = answers.map((answer) => answer.id).filter((id) => id !== undefined);
  const last = answers[answers.length - 1];
  if (ids.some((id) => id !== ids[0]) || (answers.length > 2 && last.decided && last.kind !== 'reserved')) {
    disagreeing.add(1);
  }
}

export function browse(data) {
  const page = look(`/api/sales/${data.saleId}`).json;
  if (page !== undefined && !(page.saleId === data.saleId && page.available >= 0 && page.available <= page.stock)) {
    wrongPages.add(1);
  }
  if (isListed(data.saleId) === false) {
    wrongPages.add(1);
  }
}

export function teardown(data) {
  const proof = prove(data.token, data.saleId);
  Object.keys(figures).forEach((figure) => {
    if (typeof proof[figure] === 'number') {
      figures[figure].add(proof[figure]);
    }
  });
  verdicts[proof.verdict].add(1);
  if (proof.verdict !== 'PASS') {
    throw new Error(`the sale is not proved: ${JSON.stringify(proof)}`);
  }
}

export function handleSummary(data) {
  return { stdout: summary(data.metrics) };
}

function comer(data, kind) {
  return buyer(data.saleId, `${data.crowd}-${kind}${exec.scenario.iterationInTest}`);
}

function tell(began, answer) {
  if (answer.kind === 'reserved') {
    untilReserved.add(Date.now() - began);
  } else if (answer.decided) {
    untilRefused.add(Date.now() - began);
  } else {
    undecided.add(1);
  }
}

// The page's content, or nothing where the shop was too busy to show it.
// undefined where one of the list's pages was not answered
function isListed(saleId) {
  let path = '/api/sales';
  while (path !== undefined) {
    const page = look(path);
    if (page.json === undefined) {
      return undefined;
    }
    if (page.json.sales && page.json.sales.some((sale) => sale.saleId === saleId)) {
      return true;
    }
    path = page.next;
  }
  return false;
}

function look(path) {
  const answer = http.get(plan.api + path, { tags: { name: 'page' }, timeout: PAGE_TIMEOUT });
  untilPage.add(answer.timings.duration);
  if (answer.status === 200) {
    const next = /<([^>]*)>; rel="next"/.exec(answer.headers.Link || '');
    return { json: answer.json(), next: next === null ? undefined : next[1] };
  }
  if (answer.status !== 503 && answer.status !== 0) {
    wrongPages.add(1);
  }
  return {};
}
