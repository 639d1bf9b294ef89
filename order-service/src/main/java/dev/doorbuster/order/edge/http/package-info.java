/**
 * The HTTP side of an edge: one server, the routes of the OpenAPI document, its limits, and every error as a problem body
 * (RFC 9457). Invariant: a request reaches a use case only after its token, size, content type and every value in it were
 * checked against the document; whatever fails ends in one place, {@link dev.doorbuster.order.edge.http.EdgeProblemResponses}.
 */
@CheckReturnValue
package dev.doorbuster.order.edge.http;

import com.google.errorprone.annotations.CheckReturnValue;
