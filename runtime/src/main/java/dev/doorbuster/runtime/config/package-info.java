/**
 * Configuration from the environment. Invariant: all errors are reported at once, before anything has started, and no
 * secret is ever printed.
 */
@CheckReturnValue
package dev.doorbuster.runtime.config;

import com.google.errorprone.annotations.CheckReturnValue;
