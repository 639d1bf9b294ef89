/** Measured sections as text, JSON and a page. */
@CheckReturnValue
package dev.doorbuster.cli.bench.report;

import com.google.errorprone.annotations.CheckReturnValue;
