/** Redis lessons. Invariant: only keys with the prefix in the lessons' own logical databases, each with an expiry. */
@CheckReturnValue
package dev.doorbuster.learn.redis;

import com.google.errorprone.annotations.CheckReturnValue;
