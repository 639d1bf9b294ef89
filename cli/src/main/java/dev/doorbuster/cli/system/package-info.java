/**
 * The whole system as local processes: four real servers and the services, with generated secrets, ports of their
 * own and one broker user per service. Invariant: the process that starts it can stop all of it.
 */
package dev.doorbuster.cli.system;
