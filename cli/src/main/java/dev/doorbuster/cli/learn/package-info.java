/** {@code learn}: runs lessons through the HTTP API of the race lab's process and prints them. Invariant: exit status 0 only if all replies matched. */
package dev.doorbuster.cli.learn;
