/**
 * HTTP of an edge: server, routes of the OpenAPI document, limits, and errors as problem bodies (RFC 9457).
 * Invariant: a request reaches a use case only after its token, size, content type and all values were checked
 * against the document; all failures are handled by {@link dev.doorbuster.order.edge.http.EdgeProblemResponses}.
 */
package dev.doorbuster.order.edge.http;
