/** {@code draw}: recomputes a published draw. Invariant: shares no code with the service that drew. */
package dev.doorbuster.cli.draw;
