/**
 * How the log is written: lines for people, or lines of JSON for a log store. Invariant: an unknown format never silences the
 * log; it is written for people and the configuration is refused.
 */
@CheckReturnValue
package dev.doorbuster.runtime.log;

import com.google.errorprone.annotations.CheckReturnValue;
