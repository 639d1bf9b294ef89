/** Prometheus and the exporters of servers. */
@CheckReturnValue
package dev.doorbuster.devservices.monitoring;

import com.google.errorprone.annotations.CheckReturnValue;
