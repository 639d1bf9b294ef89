/**
 * Configuration from the environment. Invariant: all errors are reported together, before anything starts, and secrets are
 * never printed.
 */
package dev.doorbuster.runtime.config;
