/**
 * The services' metrics under load, and which resource is nearest to its limit. Invariant: a value that could not be
 * read is missing, never zero.
 */
package dev.doorbuster.cli.rehearse.metrics;
