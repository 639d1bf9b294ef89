package dev.doorbuster.learn.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.ShutdownSignalException;
import io.vertx.core.Future;

/** What the broker says when it refuses something. */
final class RabbitErrors {
    private RabbitErrors() {}

    /** A refusal as a reply; a lost connection remains a failure. */
    static Future<String> reply(Future<String> reply) {
        return reply.recover(cause -> {
            String text = text(cause);
            return text == null ? Future.failedFuture(cause) : Future.succeededFuture(text);
        });
    }

    private static String text(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ShutdownSignalException signal && text(signal.getReason()) != null) {
                return text(signal.getReason());
            }
            if (cause instanceof AuthenticationFailureException) {
                return "ERROR " + cause.getMessage();
            }
            if ("nacks received".equals(cause.getMessage())) {
                return "nacked";
            }
        }
        return null;
    }

    private static String text(Method reason) {
        if (reason instanceof AMQP.Channel.Close channel) {
            return "ERROR " + channel.getReplyCode() + ": " + channel.getReplyText();
        }
        return reason instanceof AMQP.Connection.Close connection
                ? "ERROR " + connection.getReplyCode() + ": " + connection.getReplyText()
                : null;
    }
}
