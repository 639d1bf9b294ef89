/**
 * Measures code of the services beside the alternatives to it, on real servers: counters, transport, ledger. Each worker is a process
 * that {@code ./doorbuster bench} starts; it takes tasks as lines of JSON and answers each with a line. Invariant: no service depends on
 * it, and a variant does the same work as those it is compared with, or says what it leaves out.
 */
@CheckReturnValue
package dev.doorbuster.benchmarks;

import com.google.errorprone.annotations.CheckReturnValue;
