package dev.doorbuster.notifier.email;

import dev.doorbuster.notifier.event.Recent;
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
final class Dispatches {
    private final Vertx vertx;
    private final EmailConfig config;
    private final SmtpClient smtp;
    private final Runnable onTaken;
    private final Recent<String> taken;
    private final Map<String, Dispatch> underWay = new HashMap<>();

    /** Tells {@code onTaken} of each mail once, when the server has it, however late. */
    Dispatches(Vertx vertx, EmailConfig config, Runnable onTaken) {
        this.vertx = vertx;
        this.config = config;
        this.smtp = new SmtpClient(vertx, config);
        this.onTaken = onTaken;
        this.taken = new Recent<>(config.recentMax());
    }

    boolean wasTaken(String id) {
        return taken.contains(id);
    }

    /** Completes when the server has the mail; fails when it is to be put off, or where too many are under way. */
    Future<Void> send(String id, Supplier<MailMessage> letter) {
        Dispatch before = underWay.get(id);
        if (before == null && underWay.size() >= config.connectionsMax()) {
            return Future.failedFuture("the SMTP server has yet to say what became of " + underWay.size() + " mails");
        }
        return within(before == null ? begin(id, letter.get()) : before);
    }

    private Dispatch begin(String id, MailMessage mail) {
        Dispatch dispatch = smtp.send(mail);
        underWay.put(id, dispatch);
        dispatch.said().onSuccess(v -> {
            taken.add(id);
            onTaken.run();
        });
        dispatch.outcome().onComplete(done -> underWay.remove(id));
        return dispatch;
    }

    private Future<Void> within(Dispatch dispatch) {
        Promise<Void> told = Promise.promise();
        long timeoutMs = config.timeout().toMillis();
        long timer = vertx.setTimer(timeoutMs, late -> {
            if (!dispatch.withdraw("the SMTP server did not let us in within " + timeoutMs + " ms")) {
                boolean unused = told.tryFail(DeliveryException.later(
                        "the SMTP server did not say within " + timeoutMs + " ms that it has it"));
            }
        });
        dispatch.outcome().onComplete(done -> {
            boolean unused = vertx.cancelTimer(timer);
            unused = done.succeeded() ? told.tryComplete() : told.tryFail(done.cause());
        });
        return told.future();
    }

    Future<Void> close() {
        return smtp.close();
    }
}
