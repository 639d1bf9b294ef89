/**
 * The ways to count. Invariant: every key starts with {@code doorbuster:race-lab:} or belongs to a sale whose id starts with
 * {@code racelab}; a race takes its keys away when it is over, and but for two numbers they also expire by themselves.
 */
@CheckReturnValue
package dev.doorbuster.racelab.strategy;

import com.google.errorprone.annotations.CheckReturnValue;
