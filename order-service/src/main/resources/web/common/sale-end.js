// What is known of a sale's end: a pure function.

/**
 * 'planned': `closesAt` is to come; 'open': the sale runs until it is ended; 'reached': it ended at `closesAt`;
 * 'ended': an operator ended it, at a time that is not in the API.
 */
export function endKind(sale, now) {
  if (sale.state !== 'CLOSED') return sale.closesAt ? 'planned' : 'open';
  return sale.closesAt && Date.parse(sale.closesAt) <= now ? 'reached' : 'ended';
}
