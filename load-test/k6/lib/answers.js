// What an answer of the shop means to a buyer, and how often each was heard.
import { Counter } from 'k6/metrics';

const RESERVED = ['RESERVED', 'PAID', 'CANCELLED', 'EXPIRED', 'REFUND_DUE'];
const REFUSALS = ['sold-out', 'not-enough-left', 'limit-reached', 'sale-not-open', 'sale-paused', 'sale-closed', 'invalid'];
const FOR_NOW = ['rate-limited', 'overloaded', 'outcome-unknown'];

// Kinds, in the order of the summary: decided, not decided yet, refused for now, and what must not be.
export const KINDS = ['reserved'].concat(REFUSALS, ['pending'], FOR_NOW, ['lost', 'unexpected']);

export const counters = {};
KINDS.forEach((kind) => {
  counters[kind] = new Counter(metricOf(kind));
});

export function metricOf(kind) {
  return `answers_${kind.replace(/-/g, '_')}`;
}

// Reads k6's response: {kind, decided, id, retryAfterSeconds}; and counts it.
export function read(response) {
  const body = json(response);
  const kind = kindOf(response.status, body);
  counters[kind].add(1);
  return {
    kind,
    decided: kind === 'reserved' || kind === 'unexpected' || REFUSALS.includes(kind),
    id: typeof body.id === 'string' ? body.id : undefined,
    retryAfterSeconds: Number(response.headers['Retry-After']) || 0,
  };
}

function kindOf(status, body) {
  switch (status) {
    case 0:
      return 'lost';
    case 200:
    case 201:
    case 202:
      return ofOrder(body);
    case 409:
      return REFUSALS.includes(slug(body)) ? slug(body) : 'unexpected';
    case 429:
    case 503:
      return FOR_NOW.includes(slug(body)) ? slug(body) : 'unexpected';
    case 502:
    case 504:
      return 'outcome-unknown';
    default:
      return 'unexpected';
  }
}

function ofOrder(body) {
  if (typeof body.id !== 'string') {
    return 'unexpected';
  }
  if (RESERVED.includes(body.status)) {
    return 'reserved';
  }
  if (body.status === 'REJECTED' && REFUSALS.includes(body.reason)) {
    return body.reason;
  }
  return body.status === 'PENDING' ? 'pending' : 'unexpected';
}

function slug(body) {
  return typeof body.type === 'string' ? body.type.substring(body.type.lastIndexOf('/') + 1) : '';
}

function json(response) {
  try {
    return response.json() || {};
  } catch (e) {
    return {};
  }
}
