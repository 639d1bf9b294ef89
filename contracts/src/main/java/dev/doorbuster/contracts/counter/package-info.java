/**
 * Keys and value format of the stock counters in Redis and Memcached, shared by the services that write and read them.
 * Invariant: an unparseable value is treated as missing, never as a number.
 */
package dev.doorbuster.contracts.counter;
