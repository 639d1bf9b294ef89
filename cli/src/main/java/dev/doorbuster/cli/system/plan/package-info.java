/** Which processes a system has, and how each is started. */
@CheckReturnValue
package dev.doorbuster.cli.system.plan;

import com.google.errorprone.annotations.CheckReturnValue;
