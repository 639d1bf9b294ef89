/**
 * Benchmarks of service code and its alternatives on real servers: counters, transport, ledger. Each worker is a process
 * started by {@code ./doorbuster bench}; it reads tasks as JSON lines and answers each with a line. Invariant: no service
 * depends on this module; a variant does the same work as those it is compared with, or documents what it leaves out.
 */
package dev.doorbuster.benchmarks;
