/**
 * Connections of an edge's HTTP server: their limits, the client's address behind proxies, refusals before a body was
 * read. Invariant: a connection without a complete request in time is closed.
 */
package dev.doorbuster.order.edge.http.connection;
