/**
 * Clients for Redis and Memcached. Every call has a timeout and returns a {@code Future}; nothing blocks an event loop; a lost
 * connection is replaced on a later call. Invariant: a call that fails with {@link
 * dev.doorbuster.runtime.store.StoreUnavailableException} may or may not have been applied; the caller reads again before it
 * decides again.
 */
package dev.doorbuster.runtime.store;
