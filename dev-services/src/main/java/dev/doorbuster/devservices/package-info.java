/**
 * Real Redis, Memcached, RabbitMQ and PostgreSQL for development, demonstration and tests, from the binaries on this machine.
 *
 * <p>Each runs as a private child process: data in the caller's directory, a free port, loopback only, passwords made when its
 * data is made. Nothing is read from or written to an installed service, so the same servers may run on their standard ports.
 *
 * <p>Invariant: no process outlives the JVM that started it, whatever ends that JVM.
 */
@CheckReturnValue
package dev.doorbuster.devservices;

import com.google.errorprone.annotations.CheckReturnValue;
