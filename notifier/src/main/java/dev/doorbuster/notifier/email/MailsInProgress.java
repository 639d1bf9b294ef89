package dev.doorbuster.notifier.email;

import dev.doorbuster.runtime.amqp.consume.DeliveryException;
import dev.doorbuster.runtime.batch.LimitedMap;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailMessage;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Sends mails, identified by their ids. A mail that was sent or is in progress is not sent again; a repeated call
 * returns the same outcome. Otherwise a slow server would receive a copy for each timeout.
 */
final class MailsInProgress {
    /** Message-IDs of sent mails remembered, so that retrying a message does not send them again. */
    private static final int RECENT_MAX = 10_000;

    private final Vertx vertx;
    private final EmailConfig config;
    private final SmtpClient smtp;
    private final Runnable onTaken;
    private final Set<String> taken = Collections.newSetFromMap(new LimitedMap<>(RECENT_MAX));
    private final Map<String, MailInProgress> underWay = new HashMap<>();

    /** Calls {@code onTaken} once for each mail that the server accepted, even after the timeout. */
    MailsInProgress(Vertx vertx, EmailConfig config, Runnable onTaken) {
        this.vertx = vertx;
        this.config = config;
        this.smtp = new SmtpClient(vertx, config);
        this.onTaken = onTaken;
    }

    boolean wasTaken(String id) {
        return taken.contains(id);
    }

    /**
     * Completes when the server has accepted the mail. Fails if the mail must be retried later, or if too many mails
     * are in progress.
     */
    Future<Void> send(String id, Supplier<MailMessage> mail) {
        MailInProgress before = underWay.get(id);
        if (before == null && underWay.size() >= config.connectionsMax()) {
            return Future.failedFuture("the SMTP server has not yet replied to " + underWay.size() + " mails");
        }
        return within(before == null ? begin(id, mail.get()) : before);
    }

    private MailInProgress begin(String id, MailMessage mail) {
        MailInProgress inProgress = smtp.send(mail);
        underWay.put(id, inProgress);
        inProgress.reply().onSuccess(v -> {
            taken.add(id);
            onTaken.run();
        });
        inProgress.outcome().onComplete(done -> underWay.remove(id));
        return inProgress;
    }

    private Future<Void> within(MailInProgress inProgress) {
        Promise<Void> result = Promise.promise();
        long timeoutMs = config.timeout().toMillis();
        long timer = vertx.setTimer(timeoutMs, late -> {
            if (!inProgress.withdraw("the SMTP server did not open a session within " + timeoutMs + " ms")) {
                boolean unused = result.tryFail(DeliveryException.later(
                        "the SMTP server did not confirm within " + timeoutMs + " ms that it accepted the mail"));
            }
        });
        inProgress.outcome().onComplete(done -> {
            boolean unused = vertx.cancelTimer(timer);
            unused = done.succeeded() ? result.tryComplete() : result.tryFail(done.cause());
        });
        return result.future();
    }

    Future<Void> close() {
        return smtp.close();
    }
}
