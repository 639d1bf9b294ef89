/** Reads sales from the order-service's public API: events do not tell all of a sale. Invariant: bounded, cached, coalesced. */
package dev.doorbuster.notifier.sale;
