/** Memcached lessons. Invariant: only keys with the prefix, each with an expiry. */
package dev.doorbuster.learn.memcached;
