/** Memory of services over a run. */
@CheckReturnValue
package dev.doorbuster.cli.chaos.memory;

import com.google.errorprone.annotations.CheckReturnValue;
