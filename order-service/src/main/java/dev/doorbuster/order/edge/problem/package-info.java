/** The service's problem types. Invariant: every error body has a type listed here, with advice for the caller. */
@CheckReturnValue
package dev.doorbuster.order.edge.problem;

import com.google.errorprone.annotations.CheckReturnValue;
