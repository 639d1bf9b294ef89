/**
 * The system kept running: a detached supervisor starts it, restarts what dies and ends with it. Invariant: the run file
 * exists exactly while everything it names was started and not yet stopped.
 */
@CheckReturnValue
package dev.doorbuster.cli.up;

import com.google.errorprone.annotations.CheckReturnValue;
