/**
 * Configuration from the environment. Invariant: all errors are reported together, before anything starts, and secrets are
 * never printed.
 */
@CheckReturnValue
package dev.doorbuster.runtime.config;

import com.google.errorprone.annotations.CheckReturnValue;
