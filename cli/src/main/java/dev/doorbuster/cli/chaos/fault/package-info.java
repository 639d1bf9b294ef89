/**
 * Faults: kinds, schedule, injection and reversal. Invariant: the schedule is a function of seed and plan, and at
 * the end of a fault the system has recovered.
 */
@CheckReturnValue
package dev.doorbuster.cli.chaos.fault;

import com.google.errorprone.annotations.CheckReturnValue;
