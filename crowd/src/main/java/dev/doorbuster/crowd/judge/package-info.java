/**
 * The judge: compares the answers that buyers received with ledger, counters and broker. Invariant: shares no code with the
 * services or their contracts, so that it does not repeat their errors.
 */
package dev.doorbuster.crowd.judge;
