// The label of the main button: a pure function of the known state.

/**
 * sale, holds and orders as in the API (holds and orders may be null or empty), placing as in Placing or null, now in
 * milliseconds by the server's clock.
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
