/**
 * Faults: which there are, when they come, and how they are done and undone. Invariant: the schedule is a function of the
 * seed and the plan, and whatever was broken is whole again when a fault is over.
 */
@CheckReturnValue
package dev.doorbuster.cli.chaos.fault;

import com.google.errorprone.annotations.CheckReturnValue;
