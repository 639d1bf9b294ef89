/**
 * Faults: kinds, schedule, injection and reversal. Invariant: the schedule is a function of seed and plan, and at
 * the end of a fault the system has recovered.
 */
package dev.doorbuster.cli.chaos.fault;
