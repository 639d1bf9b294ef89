/**
 * Tracing with OpenTelemetry: the edge decides which requests are traced; from then on every element with a trace context is
 * traced in all services. A batch gets one span for each traced element and one for the whole, linked both ways. Invariants:
 * with no exporter tracing costs an order nothing; a failed export never affects an order; the export queue is bounded.
 */
package dev.doorbuster.runtime.trace;
