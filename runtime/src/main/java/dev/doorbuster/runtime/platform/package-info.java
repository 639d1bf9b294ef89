/** The parts that every service has: tracing, management port, stores, broker, statistics; started and stopped in one way. */
@CheckReturnValue
package dev.doorbuster.runtime.platform;

import com.google.errorprone.annotations.CheckReturnValue;
