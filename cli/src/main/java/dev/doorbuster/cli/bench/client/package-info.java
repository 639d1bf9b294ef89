/**
 * The load generator: an HTTP/1.1 client that writes pre-encoded requests over keep-alive connections, in a process
 * of its own, so that its CPU time is measured apart from the servers'. Invariant: one thread, at most one
 * outstanding request per connection.
 */
package dev.doorbuster.cli.bench.client;
