/**
 * Who is calling. Tokens are JWTs (RFC 7519) signed with HS256 and a secret that all edges share; {@code sub} is the
 * caller's name, {@code roles} what the caller may do. Invariant: a {@link dev.doorbuster.order.edge.auth.Caller} exists
 * only for a token whose signature and expiry were checked, and its name fits every message.
 */
@CheckReturnValue
package dev.doorbuster.order.edge.auth;

import com.google.errorprone.annotations.CheckReturnValue;
