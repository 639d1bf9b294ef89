/**
 * Authentication. Tokens are JWTs (RFC 7519) signed with HS256 and a secret that all edges share; {@code sub} is the
 * caller's name, {@code roles} the permissions. Invariant: a {@link dev.doorbuster.order.edge.auth.Caller} exists
 * only for a token whose signature and expiry were verified, and its name fits every message.
 */
package dev.doorbuster.order.edge.auth;
