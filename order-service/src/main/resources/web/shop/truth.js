// What the one big button says: a pure function of what is known, so that it can say nothing else.

/**
 * sale, holds and orders as the API has them (holds and orders may be null or empty), placing as Placing has it or null,
 * now in milliseconds on the server's clock.
 */
export function truth({ sale, holds, orders, placing, now }) {
  const active = orders.filter((order) => order.status === 'RESERVED' || order.status === 'PAID');
  const held = active.find((order) => order.status === 'RESERVED');
  if (placing) return { kind: 'placing', placing };
  if (held) return { kind: 'yours', order: held, left: Date.parse(held.holdExpiresAt) - now };
  const units = active.reduce((sum, order) => sum + order.quantity, 0);
  if (units >= sale.perBuyerLimit) return { kind: 'limit', order: active[0] };
  if (sale.state === 'CLOSED') return { kind: 'ended', order: active[0] };
  if (sale.state === 'SCHEDULED') {
    const left = Date.parse(sale.opensAt) - now;
    return left > 0 ? { kind: 'opens', left } : { kind: 'opening' };
  }
  if (sale.state === 'SOLD_OUT') {
    if (!holds || holds.held === 0) return { kind: 'sold-out', known: holds !== null };
    return { kind: 'might-return', held: holds.held, left: Date.parse(holds.nextEndsAt) - now };
  }
  return { kind: 'buy', order: active[0], quantityMax: Math.max(1, Math.min(sale.perBuyerLimit - units, sale.available, 100)) };
}
