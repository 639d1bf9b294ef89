/**
 * The demonstration: both kinds of sale, a crowd before each, and the proof. Invariant: its exit status is its verdict,
 * and whatever happens nothing is left running.
 */
@CheckReturnValue
package dev.doorbuster.cli.demo;

import com.google.errorprone.annotations.CheckReturnValue;
