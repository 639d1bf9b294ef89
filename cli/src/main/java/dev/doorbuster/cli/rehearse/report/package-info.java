/** The result of a rehearsal as a page. */
@CheckReturnValue
package dev.doorbuster.cli.rehearse.report;

import com.google.errorprone.annotations.CheckReturnValue;
