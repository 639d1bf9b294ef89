package dev.doorbuster.order.edge.payment;

import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;
import java.util.List;

/**
 * Limits of payments and cancels, per edge.
 *
 * @param answerMax default wait for the ledger's answer
 * @param pendingMax requests that may wait for an answer; further ones are answered "overloaded"
 * @param commandsWaitingMax commands of one sale that may wait for the batch in flight
 * @param payerPerSecond sustained payments of one payment provider
 * @param payerBurst payments of one payment provider at once
 * @param payersTrackedMax payment providers whose rate is tracked
 * @param eventSecrets any of them signs a payment event; empty if none is taken by its signature
 * @param eventTolerance limit of the distance between a signature's timestamp and now
 */
public record PaymentConfig(
        Duration answerMax,
        int pendingMax,
        int commandsWaitingMax,
        int payerPerSecond,
        int payerBurst,
        int payersTrackedMax,
        List<String> eventSecrets,
        Duration eventTolerance) {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(3);
    private static final int COMMANDS_WAITING_MAX = 5_000;
    private static final int PENDING_MAX = 10_000;
    private static final int PAYERS_TRACKED_MAX = 1_000;
    private static final int PAYER_RATE_BURST = 2_000;
    private static final int PAYER_RATE_PER_SECOND = 1_000;

    private static final Duration EVENT_TOLERANCE = Duration.ofMinutes(5);
    private static final int SECRETS_MAX = 4;
    private static final int SECRET_LENGTH_MIN = 32;

    public PaymentConfig {
        eventSecrets = List.copyOf(eventSecrets);
    }

    public static PaymentConfig fromEnv(Environment env) {
        List<String> secrets = env.list("DOORBUSTER_PAYMENT_SECRETS");
        if (secrets.size() > SECRETS_MAX || secrets.stream().anyMatch(secret -> secret.length() < SECRET_LENGTH_MIN)) {
            env.reject("DOORBUSTER_PAYMENT_SECRETS must be up to " + SECRETS_MAX + " secrets of at least "
                    + SECRET_LENGTH_MIN + " characters, separated by commas");
        }

        return new PaymentConfig(
                ANSWER_TIMEOUT,
                PENDING_MAX,
                COMMANDS_WAITING_MAX,
                PAYER_RATE_PER_SECOND,
                PAYER_RATE_BURST,
                PAYERS_TRACKED_MAX,
                secrets,
                EVENT_TOLERANCE);
    }

    @Override
    public String toString() {
        return "PaymentConfig[answerMax=" + answerMax + ", pendingMax=" + pendingMax + ", eventSecrets=***]";
    }
}
