package dev.doorbuster.notifier.email;

import dev.doorbuster.runtime.amqp.consume.DeliveryException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import io.vertx.ext.mail.StartTLSOptions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends mails to an SMTP server (RFC 5321). A failure of one mail is a {@link DeliveryException}: a 4xx reply
 * (temporary), a 5xx reply (permanent), a broken connection or a timeout. An unreachable server or a failed log-in
 * fails with its own cause and is retried without a limit.
 *
 * <p>Each mail uses a client of its own with one connection: within a shared client mails would wait in an unbounded
 * queue.
 */
final class SmtpClient {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpClient.class);
    /** The server is shutting down (421) or requires other authentication or TLS: another mail would fail as well. */
    private static final Set<Integer> NOT_THE_MAILS_FAULT = Set.of(421, 432, 454, 530, 534, 535, 538);

    private final Vertx vertx;
    private final EmailConfig config;
    private final Deque<MailClient> idle = new ArrayDeque<>();
    private boolean closed;

    SmtpClient(Vertx vertx, EmailConfig config) {
        this.vertx = vertx;
        this.config = config;
    }

    /** Starts sending the mail. */
    MailInProgress send(MailMessage mail) {
        // The client's future is bound to no context; its callbacks would leave our event loop.
        Context loop = vertx.getOrCreateContext();
        MailClient client = idle.isEmpty() ? MailClient.create(vertx, options()) : idle.pop();
        var inProgress = new MailInProgress(mail);
        long outcomeMs = config.outcomeTimeout().toMillis();
        long timer = vertx.setTimer(
                outcomeMs,
                late -> inProgress.giveUp(
                        DeliveryException.later("the SMTP server did not reply within " + outcomeMs + " ms")));
        client.sendMail(inProgress.mail())
                .<Void>mapEmpty()
                .recover(cause -> Future.failedFuture(judge(cause, inProgress)))
                .onComplete(result -> loop.runOnContext(v -> inProgress.complete(result)));
        inProgress.outcome().onComplete(done -> {
            boolean unused = vertx.cancelTimer(timer);
            if (done.succeeded() && !closed) {
                idle.push(client);
            } else {
                abandon(client);
            }
        });
        return inProgress;
    }

    private MailConfig options() {
        int timeoutMs = Math.toIntExact(config.timeout().toMillis());
        var mail = new MailConfig(config.host(), config.port())
                .setSsl(config.tls() == EmailConfig.Tls.TLS)
                .setStarttls(
                        config.tls() == EmailConfig.Tls.STARTTLS ? StartTLSOptions.REQUIRED : StartTLSOptions.DISABLED)
                .setLogin(config.user().isEmpty() ? LoginOption.DISABLED : LoginOption.REQUIRED)
                .setMaxPoolSize(1)
                .setUserAgent("doorbuster");
        mail.setConnectTimeout(timeoutMs);
        mail.setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS).setSslHandshakeTimeout(timeoutMs);
        mail.setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(Math.toIntExact(config.outcomeTimeout().toMillis()));
        if (!config.user().isEmpty()) {
            mail.setUsername(config.user()).setPassword(config.password());
        }
        return mail;
    }

    private static Throwable judge(Throwable cause, MailInProgress inProgress) {
        if (cause instanceof SMTPException answer) {
            String reply = "the SMTP server answered " + answer.getReplyCode();
            return NOT_THE_MAILS_FAULT.contains(answer.getReplyCode())
                    ? cause
                    : answer.isPermanent() ? DeliveryException.never(reply) : DeliveryException.later(reply);
        }
        return inProgress.isBegun() ? DeliveryException.later("the connection broke during the mail: " + cause) : cause;
    }

    /** Mails in progress end by themselves: with the server's reply or the timeout. */
    private static void abandon(MailClient client) {
        client.close()
                .onFailure(cause -> LOG.debug("a connection to the SMTP server did not close: {}", cause.toString()));
    }

    /** Does not wait for mails in progress: the broker redelivers their messages. */
    Future<Void> close() {
        closed = true;
        return Future.join(idle.stream().map(MailClient::close).toList()).mapEmpty();
    }
}
