/** The HTTP API, for operators only. Invariant: every error is a problem body. */
package dev.doorbuster.racelab.http;
