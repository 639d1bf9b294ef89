/** Metrics of Vert.x. Names are those of vertx-micrometer-metrics; label values are few and known in advance. */
package dev.doorbuster.runtime.metrics;
