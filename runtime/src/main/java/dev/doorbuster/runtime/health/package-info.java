/**
 * Whether this instance lives, and whether it can do its work now. Invariant: not ready says why.
 */
@CheckReturnValue
package dev.doorbuster.runtime.health;

import com.google.errorprone.annotations.CheckReturnValue;
