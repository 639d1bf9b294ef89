/**
 * The demo: both kinds of sale, simulated buyers, and verification. Invariant: the exit status is the verdict, and
 * no process is left running.
 */
package dev.doorbuster.cli.demo;
