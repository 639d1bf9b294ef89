package dev.doorbuster.notifier.email;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.ext.mail.MailMessage;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One mail in progress. It can be withdrawn until the client starts its SMTP transaction. After that only the server
 * knows the outcome; sending the mail again before the server's reply could deliver it twice.
 */
final class MailInProgress {
    private enum State {
        WAITING,
        BEGUN,
        WITHDRAWN
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final Promise<Void> reply = Promise.promise();
    private final Promise<Void> outcome = Promise.promise();
    private final MailMessage mail;

    MailInProgress(MailMessage message) {
        // The client reads the text once its connection is ready, right before it sends MAIL FROM.
        mail = new MailMessage(message) {
            @Override
            public String getText() {
                begin();
                return super.getText();
            }
        };
    }

    private void begin() {
        if (!state.compareAndSet(State.WAITING, State.BEGUN) && state.get() == State.WITHDRAWN) {
            throw new IllegalStateException("withdrawn before sending started");
        }
    }

    MailMessage mail() {
        return mail;
    }

    boolean isBegun() {
        return state.get() == State.BEGUN;
    }

    /** The server's reply, possibly after the timeout, or never. */
    Future<Void> reply() {
        return reply.future();
    }

    /** The server's reply, or a failure once sending was given up. */
    Future<Void> outcome() {
        return outcome.future();
    }

    void complete(AsyncResult<Void> result) {
        reply.handle(result);
        boolean unused = result.succeeded() ? outcome.tryComplete() : outcome.tryFail(result.cause());
    }

    /** Returns false if sending has started already. */
    boolean withdraw(String why) {
        boolean withdrawn = state.compareAndSet(State.WAITING, State.WITHDRAWN);
        if (withdrawn) {
            giveUp(new IllegalStateException(why));
        }
        return withdrawn;
    }

    void giveUp(Throwable cause) {
        boolean unused = outcome.tryFail(cause);
    }
}
