/**
 * The rehearsal of a sale: steps of increasing load, each on its own sale, then the expected load, and the
 * conclusion whether the deployment is ready. Invariant: no sale that was opened here stays open, and a slow load
 * generator never counts against the deployment.
 */
package dev.doorbuster.cli.rehearse;
