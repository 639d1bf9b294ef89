/**
 * Chaos runs: a running system, simulated buyers, faults drawn from a seed, and a judge of every answer. Invariant:
 * the plan depends on the seed alone, and a failed run keeps its evidence.
 */
package dev.doorbuster.cli.chaos;
