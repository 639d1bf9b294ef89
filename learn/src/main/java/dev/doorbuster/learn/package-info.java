/**
 * Learn: each primitive of Redis, Memcached, RabbitMQ and SQL as a lesson that runs on the real servers and compares their
 * replies. Invariant: key prefix, logical databases, virtual host, schema, user and role are its own; no access to data of
 * sales.
 */
package dev.doorbuster.learn;
