/**
 * {@code bench}: measures the system and its parts beside references, in alternating rounds of one run, and reports medians, ranges
 * and ratios. Invariant: a ratio is formed only from values of the same round, and every sale that a run sold is verified.
 */
@CheckReturnValue
package dev.doorbuster.cli.bench;

import com.google.errorprone.annotations.CheckReturnValue;
