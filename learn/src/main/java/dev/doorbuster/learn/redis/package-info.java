/** Redis lessons. Invariant: only keys with the prefix in the lessons' own logical databases, each with an expiry. */
package dev.doorbuster.learn.redis;
