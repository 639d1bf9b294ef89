/** Meters of Vert.x itself. Their names are those of vertx-micrometer-metrics; their labels have few values, known beforehand. */
@CheckReturnValue
package dev.doorbuster.runtime.metrics;

import com.google.errorprone.annotations.CheckReturnValue;
