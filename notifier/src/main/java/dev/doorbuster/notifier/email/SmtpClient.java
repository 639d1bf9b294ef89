package dev.doorbuster.notifier.email;

import dev.doorbuster.runtime.amqp.DeliveryException;
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
 * Hands mails to an SMTP server (RFC 5321). What it says of one mail is a {@link DeliveryException}: put off with a 4xx, or
 * refused with a 5xx; and so is a connection that breaks over it, or silence. That the server is away or does not let us in
 * is its own trouble and fails as it is, to be tried again until it is over.
 *
 * <p>Each connection is a client of its own and has one mail: within a client mails would wait in a line without a limit.
 */
final class SmtpClient {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpClient.class);
    /** It closes, or wants another log-in or more protection: nothing that another mail would fare better with. */
    private static final Set<Integer> NOT_THE_MAILS_FAULT = Set.of(421, 432, 454, 530, 534, 535, 538);

    private final Vertx vertx;
    private final EmailConfig config;
    private final Deque<MailClient> idle = new ArrayDeque<>();
    private boolean closed;

    SmtpClient(Vertx vertx, EmailConfig config) {
        this.vertx = vertx;
        this.config = config;
    }

    /** Begins to send it. */
    MailDelivery send(MailMessage mail) {
        // The client's own future belongs to no event loop: what hung on it would leave ours.
        Context loop = vertx.getOrCreateContext();
        MailClient client = idle.isEmpty() ? MailClient.create(vertx, options()) : idle.pop();
        var mailDelivery = new MailDelivery(mail);
        long outcomeMs = config.outcomeTimeout().toMillis();
        long timer = vertx.setTimer(
                outcomeMs,
                late -> mailDelivery.giveUp(
                        DeliveryException.later("the SMTP server said nothing in " + outcomeMs + " ms")));
        client.sendMail(mailDelivery.mail())
                .<Void>mapEmpty()
                .recover(cause -> Future.failedFuture(judge(cause, mailDelivery)))
                .onComplete(word -> loop.runOnContext(v -> mailDelivery.hear(word)));
        mailDelivery.outcome().onComplete(done -> {
            boolean unused = vertx.cancelTimer(timer);
            if (done.succeeded() && !closed) {
                idle.push(client);
            } else {
                abandon(client);
            }
        });
        return mailDelivery;
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

    private static Throwable judge(Throwable cause, MailDelivery mailDelivery) {
        if (cause instanceof SMTPException answer) {
            String told = "the SMTP server answered " + answer.getReplyCode();
            return NOT_THE_MAILS_FAULT.contains(answer.getReplyCode())
                    ? cause
                    : answer.isPermanent() ? DeliveryException.never(told) : DeliveryException.later(told);
        }
        return mailDelivery.isBegun() ? DeliveryException.later("the mail was broken off: " + cause) : cause;
    }

    /** What it is still at ends by itself: by the server's word, or when that was silent for too long. */
    private static void abandon(MailClient client) {
        client.close()
                .onFailure(cause -> LOG.debug("a connection to the SMTP server did not close: {}", cause.toString()));
    }

    /** Waits for no mail that is under way: whoever knows nothing of it tries it again. */
    Future<Void> close() {
        closed = true;
        return Future.join(idle.stream().map(MailClient::close).toList()).mapEmpty();
    }
}
