/** Liveness and readiness of an instance. Invariant: an instance that is not ready gives the reason. */
package dev.doorbuster.runtime.health;
