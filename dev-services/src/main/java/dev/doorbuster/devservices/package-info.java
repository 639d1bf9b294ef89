/**
 * Real Redis, Memcached, RabbitMQ and PostgreSQL for development, demos and tests, from the binaries installed on this machine.
 *
 * <p>Each is a private child process: data in the caller's directory, a free port, loopback only, passwords generated with the
 * data. Installed services are neither read nor changed, and may run on their standard ports.
 *
 * <p>Invariant: no process outlives the JVM that started it, however that JVM ends.
 */
package dev.doorbuster.devservices;
