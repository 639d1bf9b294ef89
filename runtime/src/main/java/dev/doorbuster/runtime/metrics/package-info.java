/** Metrics of Vert.x. Names are those of vertx-micrometer-metrics; label values are few and known in advance. */
@CheckReturnValue
package dev.doorbuster.runtime.metrics;

import com.google.errorprone.annotations.CheckReturnValue;
