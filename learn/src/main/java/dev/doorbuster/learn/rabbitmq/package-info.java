/** RabbitMQ lessons. Invariant: only the lessons' own virtual host, with a user that has no other. */
package dev.doorbuster.learn.rabbitmq;
