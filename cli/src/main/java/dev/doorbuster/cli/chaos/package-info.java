/**
 * Chaos runs: a running system, simulated buyers, faults drawn from a seed, and a judge of every answer. Invariant:
 * the plan depends on the seed alone, and a failed run keeps its evidence.
 */
@CheckReturnValue
package dev.doorbuster.cli.chaos;

import com.google.errorprone.annotations.CheckReturnValue;
