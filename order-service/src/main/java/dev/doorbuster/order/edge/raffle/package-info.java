/**
 * Raffles at the edge: entries and the published draw. Invariant: an entry decides nothing about stock; a unit becomes the
 * entrant's by an order that counter and ledger decide.
 */
package dev.doorbuster.order.edge.raffle;
