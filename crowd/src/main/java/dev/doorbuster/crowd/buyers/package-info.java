/**
 * Simulated buyers: each follows a script, and they arrive at a rate that does not depend on the answers. Invariant: a
 * request is only repeated under its own key or reference, and every request that was sent is in the history.
 */
package dev.doorbuster.crowd.buyers;
