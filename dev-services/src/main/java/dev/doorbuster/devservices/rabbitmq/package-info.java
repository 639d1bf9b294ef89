/** RabbitMQ, alone or as a cluster. */
@CheckReturnValue
package dev.doorbuster.devservices.rabbitmq;

import com.google.errorprone.annotations.CheckReturnValue;
