/**
 * What the services say about themselves while they are loaded, and which of it is nearest to its limit. Invariant: a figure
 * that could not be read is missing, never zero.
 */
@CheckReturnValue
package dev.doorbuster.cli.rehearse.metrics;

import com.google.errorprone.annotations.CheckReturnValue;
