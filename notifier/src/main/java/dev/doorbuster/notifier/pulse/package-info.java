/**
 * Live statistics of sales in Redis: visitors, recent orders, rankings. The notifiers share one queue of visits and events; each
 * writes what it takes, and passes on to its streams what any of them publishes. Invariant: no sale depends on
 * them, all keys start with one prefix, and their number and size are limited. Units and money are the ledger's.
 */
package dev.doorbuster.notifier.pulse;
