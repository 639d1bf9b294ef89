/**
 * Counters of the stock of sales: what each request does to a counter, without I/O, and the interface of both stores.
 * Invariant: between two recounts a counter only decreases, and each order is counted once.
 */
package dev.doorbuster.counter;
