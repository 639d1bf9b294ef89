/** Memcached lessons. Invariant: only keys with the prefix, each with an expiry. */
@CheckReturnValue
package dev.doorbuster.learn.memcached;

import com.google.errorprone.annotations.CheckReturnValue;
