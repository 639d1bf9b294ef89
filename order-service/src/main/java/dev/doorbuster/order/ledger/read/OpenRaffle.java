package dev.doorbuster.order.ledger.read;

import dev.doorbuster.contracts.value.SaleView;

/** A running raffle with units left, and whether its draw is complete. */
public record OpenRaffle(SaleView sale, boolean drawn) {}
