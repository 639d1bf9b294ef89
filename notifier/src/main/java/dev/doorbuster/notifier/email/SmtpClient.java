package dev.doorbuster.notifier.email;

import dev.doorbuster.runtime.amqp.DeliveryException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import io.vertx.ext.mail.StartTLSOptions;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Hands mails to an SMTP server (RFC 5321). What it says of one mail is a {@link DeliveryException}: put off with a 4xx, or
 * refused with a 5xx. Everything else, such as that it is away or does not let us in, is its own trouble and fails as it is,
 * to be tried again until it is over.
 */
final class SmtpClient {
    /** It closes, or wants another log-in or more protection: nothing that another mail would fare better with. */
    private static final Set<Integer> NOT_THE_MAILS_FAULT = Set.of(421, 432, 454, 530, 534, 535, 538);

    private final Vertx vertx;
    private final MailClient client;
    private final EmailConfig config;

    SmtpClient(Vertx vertx, EmailConfig config) {
        this.vertx = vertx;
        this.config = config;
        var mail = new MailConfig(config.host(), config.port())
                .setSsl(config.tls() == EmailConfig.Tls.TLS)
                .setStarttls(
                        config.tls() == EmailConfig.Tls.STARTTLS ? StartTLSOptions.REQUIRED : StartTLSOptions.DISABLED)
                .setLogin(config.user().isEmpty() ? LoginOption.DISABLED : LoginOption.REQUIRED)
                .setMaxPoolSize(1)
                .setUserAgent("doorbuster");
        mail.setConnectTimeout(Math.toIntExact(config.timeout().toMillis()));
        mail.setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(Math.toIntExact(config.timeout().toMillis()));
        if (!config.user().isEmpty()) {
            mail.setUsername(config.user()).setPassword(config.password());
        }
        client = MailClient.create(vertx, mail);
    }

    /** Completes when the server has the mail. */
    Future<Void> send(MailMessage mail) {
        // The client's own future belongs to no event loop: what hung on it would leave ours.
        Context loop = vertx.getOrCreateContext();
        Promise<Void> taken = Promise.promise();
        long timer = vertx.setTimer(config.timeout().toMillis(), late -> {
            boolean unused =
                    taken.tryFail("no answer within " + config.timeout().toMillis() + " ms");
        });
        client.sendMail(mail)
                .onComplete(done -> loop.runOnContext(v -> {
                    boolean unused = vertx.cancelTimer(timer);
                    unused = done.succeeded() ? taken.tryComplete() : taken.tryFail(judge(done.cause()));
                }));
        return taken.future();
    }

    private static Throwable judge(Throwable cause) {
        if (!(cause instanceof SMTPException answer) || NOT_THE_MAILS_FAULT.contains(answer.getReplyCode())) {
            return cause;
        }
        String told = "the SMTP server answered " + answer.getReplyCode();
        return answer.isPermanent() ? DeliveryException.never(told) : DeliveryException.later(told);
    }

    Future<Void> close() {
        return client.close();
    }
}
