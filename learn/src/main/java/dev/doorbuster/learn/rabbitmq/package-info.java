/** RabbitMQ lessons. Invariant: only the lessons' own virtual host, with a user that has no other. */
@CheckReturnValue
package dev.doorbuster.learn.rabbitmq;

import com.google.errorprone.annotations.CheckReturnValue;
