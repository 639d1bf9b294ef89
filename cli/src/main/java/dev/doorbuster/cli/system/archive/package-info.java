/** Class archives for a faster start. */
@CheckReturnValue
package dev.doorbuster.cli.system.archive;

import com.google.errorprone.annotations.CheckReturnValue;
