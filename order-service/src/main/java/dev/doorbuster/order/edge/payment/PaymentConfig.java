package dev.doorbuster.order.edge.payment;

import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;
import java.util.List;

/**
 * Limits of payments and cancels, per edge.
 *
 * @param answerMax default wait for the ledger's answer
 * @param eventSecrets any of them signs a payment event; empty if none is taken by its signature
 */
public record PaymentConfig(Duration answerMax, List<String> eventSecrets) {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(3);

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

        return new PaymentConfig(ANSWER_TIMEOUT, secrets);
    }

    @Override
    public String toString() {
        return "PaymentConfig[answerMax=" + answerMax + ", eventSecrets=***]";
    }
}
