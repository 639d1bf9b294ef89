/**
 * What every HTTP surface shares: problem bodies (RFC 9457) and the management port. Invariant: every error a client
 * sees is one {@link dev.doorbuster.runtime.http.Problem}.
 */
@CheckReturnValue
package dev.doorbuster.runtime.http;

import com.google.errorprone.annotations.CheckReturnValue;
