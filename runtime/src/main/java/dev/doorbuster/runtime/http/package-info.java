/**
 * What every HTTP surface shares: problem bodies (RFC 9457), the management port, and the public server of services that
 * have no crowd at their door. Invariant: every error a client sees is one {@link dev.doorbuster.runtime.http.Problem}.
 */
package dev.doorbuster.runtime.http;
