/**
 * The edge: HTTP server and message publisher. It never writes orders or counters; it publishes commands, waits for
 * the answer if the client wants it, and reads the ledger where it must be certain. Invariant: one edge is one event
 * loop that shares nothing with another, so any number of edges run in parallel.
 */
package dev.doorbuster.order.edge;
