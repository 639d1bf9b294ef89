/**
 * The problems this service can answer with. Invariant: every error body has a type listed here, and every type says what
 * its reader can do about it.
 */
@CheckReturnValue
package dev.doorbuster.order.edge.problem;

import com.google.errorprone.annotations.CheckReturnValue;
