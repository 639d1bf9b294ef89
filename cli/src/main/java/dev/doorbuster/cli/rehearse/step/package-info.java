/** One sale of a rehearsal with its crowd. */
@CheckReturnValue
package dev.doorbuster.cli.rehearse.step;

import com.google.errorprone.annotations.CheckReturnValue;
