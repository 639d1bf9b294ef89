/**
 * The demo: both kinds of sale, simulated buyers, and verification. Invariant: the exit status is the verdict, and
 * no process is left running.
 */
@CheckReturnValue
package dev.doorbuster.cli.demo;

import com.google.errorprone.annotations.CheckReturnValue;
