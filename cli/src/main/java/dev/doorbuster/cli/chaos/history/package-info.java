/**
 * What was asked, what was answered, and what was done to the system meanwhile, with times: one line of JSON each, in a file
 * that only grows. Invariant: a line is written before anything is concluded from it.
 */
@CheckReturnValue
package dev.doorbuster.cli.chaos.history;

import com.google.errorprone.annotations.CheckReturnValue;
