package dev.doorbuster.notifier.email;

import dev.doorbuster.notifier.event.RecentEventIds;
import dev.doorbuster.runtime.amqp.DeliveryException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailMessage;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Mails by their ids. What was taken is not sent again, and neither is what is under way: whoever asks again waits for the
 * same outcome. A slow server would else get one mail as often as it is too slow to say that it has it.
 */
final class MailDeliveries {
    private final Vertx vertx;
    private final EmailConfig config;
    private final SmtpClient smtp;
    private final Runnable onTaken;
    private final RecentEventIds<String> taken;
    private final Map<String, MailDelivery> underWay = new HashMap<>();

    /** Tells {@code onTaken} of each mail once, when the server has it, however late. */
    MailDeliveries(Vertx vertx, EmailConfig config, Runnable onTaken) {
        this.vertx = vertx;
        this.config = config;
        this.smtp = new SmtpClient(vertx, config);
        this.onTaken = onTaken;
        this.taken = new RecentEventIds<>(config.recentMax());
    }

    boolean wasTaken(String id) {
        return taken.contains(id);
    }

    /** Completes when the server has the mail; fails when it is to be put off, or where too many are under way. */
    Future<Void> send(String id, Supplier<MailMessage> letter) {
        MailDelivery before = underWay.get(id);
        if (before == null && underWay.size() >= config.connectionsMax()) {
            return Future.failedFuture("the SMTP server has yet to say what became of " + underWay.size() + " mails");
        }
        return within(before == null ? begin(id, letter.get()) : before);
    }

    private MailDelivery begin(String id, MailMessage mail) {
        MailDelivery mailDelivery = smtp.send(mail);
        underWay.put(id, mailDelivery);
        mailDelivery.said().onSuccess(v -> {
            taken.add(id);
            onTaken.run();
        });
        mailDelivery.outcome().onComplete(done -> underWay.remove(id));
        return mailDelivery;
    }

    private Future<Void> within(MailDelivery mailDelivery) {
        Promise<Void> told = Promise.promise();
        long timeoutMs = config.timeout().toMillis();
        long timer = vertx.setTimer(timeoutMs, late -> {
            if (!mailDelivery.withdraw("the SMTP server did not let us in within " + timeoutMs + " ms")) {
                boolean unused = told.tryFail(DeliveryException.later(
                        "the SMTP server did not say within " + timeoutMs + " ms that it has it"));
            }
        });
        mailDelivery.outcome().onComplete(done -> {
            boolean unused = vertx.cancelTimer(timer);
            unused = done.succeeded() ? told.tryComplete() : told.tryFail(done.cause());
        });
        return told.future();
    }

    Future<Void> close() {
        return smtp.close();
    }
}
