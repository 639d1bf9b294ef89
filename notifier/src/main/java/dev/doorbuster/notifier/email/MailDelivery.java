package dev.doorbuster.notifier.email;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.ext.mail.MailMessage;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One mail on its way. Until a server let us in nothing was said of it, and it can be withdrawn. From then on the server alone
 * knows what becomes of it, and its word is waited for: to send the mail again meanwhile would be to send it twice.
 */
final class MailDelivery {
    private enum State {
        WAITING,
        BEGUN,
        WITHDRAWN
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final Promise<Void> said = Promise.promise();
    private final Promise<Void> outcome = Promise.promise();
    private final MailMessage mail;

    MailDelivery(MailMessage letter) {
        // The client reads a mail's text once its connection is ready, right before it says MAIL FROM.
        mail = new MailMessage(letter) {
            @Override
            public String getText() {
                begin();
                return super.getText();
            }
        };
    }

    private void begin() {
        if (!state.compareAndSet(State.WAITING, State.BEGUN) && state.get() == State.WITHDRAWN) {
            throw new IllegalStateException("withdrawn before it was begun");
        }
    }

    MailMessage mail() {
        return mail;
    }

    boolean isBegun() {
        return state.get() == State.BEGUN;
    }

    /** What the server said of it, however late, or never. */
    Future<Void> said() {
        return said.future();
    }

    /** The same, or that it was given up. */
    Future<Void> outcome() {
        return outcome.future();
    }

    void hear(AsyncResult<Void> word) {
        said.handle(word);
        boolean unused = word.succeeded() ? outcome.tryComplete() : outcome.tryFail(word.cause());
    }

    /** False where it is begun already. */
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
