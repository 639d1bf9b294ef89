/** {@code draw}: recomputes a published draw. Invariant: shares no code with the service that drew. */
@CheckReturnValue
package dev.doorbuster.cli.draw;

import com.google.errorprone.annotations.CheckReturnValue;
