/** Times to recover after faults. */
@CheckReturnValue
package dev.doorbuster.cli.chaos.recovery;

import com.google.errorprone.annotations.CheckReturnValue;
