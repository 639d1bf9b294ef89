/**
 * Traces by OpenTelemetry: the edge decides which requests are traced, and from there on an element that carries a trace is
 * traced wherever it goes. What many travel through together gets a span for each of them that is traced and one for all,
 * linked both ways. Invariants: with no exporter nothing here is on the way of an order; whatever becomes of spans, nothing
 * becomes of orders by it; what waits to be exported is bounded.
 */
@CheckReturnValue
package dev.doorbuster.runtime.trace;

import com.google.errorprone.annotations.CheckReturnValue;
