/**
 * Redis and Memcached as this project uses them. Every call has a timeout and returns a {@code Future}; nothing blocks an
 * event loop; what is lost heals by itself on a later call. Invariant: a call that fails with
 * {@link dev.doorbuster.runtime.store.StoreUnavailableException} may or may not have been applied, and says so by its type;
 * the caller reads again before it decides again.
 */
@CheckReturnValue
package dev.doorbuster.runtime.store;

import com.google.errorprone.annotations.CheckReturnValue;
