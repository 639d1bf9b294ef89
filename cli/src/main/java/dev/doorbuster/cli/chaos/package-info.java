/**
 * Chaos: a running system, a crowd that lasts, faults drawn from a seed, and a judge of everything that was said. Invariant:
 * the seed alone decides what is planned, and a run that does not pass leaves its evidence.
 */
@CheckReturnValue
package dev.doorbuster.cli.chaos;

import com.google.errorprone.annotations.CheckReturnValue;
