/**
 * Real servers for JUnit tests: {@link RealServers}.
 *
 * <p>Invariant: a server that is missing or does not start fails the test; nothing is skipped.
 */
package dev.doorbuster.devservices.junit;
