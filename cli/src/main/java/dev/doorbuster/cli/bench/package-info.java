/**
 * {@code bench}: measures the system and its parts against references, in alternating rounds of one run, and reports
 * medians, ranges and ratios. Invariant: a ratio compares only values of the same round, and every sale of a run is
 * verified.
 */
package dev.doorbuster.cli.bench;
