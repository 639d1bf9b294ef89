/**
 * A flash sale under load, by Gatling: an open model, so that a slow shop does not slow its crowd. Invariant: no run ends
 * well unless the system has proved the sale; a proof that was not asked for, or not given, is a failure.
 */
package dev.doorbuster.loadtest;
