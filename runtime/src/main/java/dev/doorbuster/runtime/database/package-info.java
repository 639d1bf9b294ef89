/**
 * Connections to PostgreSQL for the services with a database: address, credentials and common pool options. Statements and
 * their timeouts belong to each service. Invariant: passwords are never printed.
 */
package dev.doorbuster.runtime.database;
