/** The parts that every service has: tracing, management port, stores, broker, statistics; started and stopped in one way. */
package dev.doorbuster.runtime.platform;
