/**
 * The command line. Each subcommand is one class here; shared parts have packages of their own: the running system,
 * the supervised system, the crowd. Invariant: exit status 0 means that the command's promise was observed.
 */
package dev.doorbuster.cli;
