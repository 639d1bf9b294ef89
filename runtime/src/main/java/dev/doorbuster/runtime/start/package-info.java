/**
 * How a service starts and stops: a visible chain of named steps, undone in reverse order, each within a limit.
 * Invariant: a service that could not start whole has stopped again whatever it had started.
 */
@CheckReturnValue
package dev.doorbuster.runtime.start;

import com.google.errorprone.annotations.CheckReturnValue;
