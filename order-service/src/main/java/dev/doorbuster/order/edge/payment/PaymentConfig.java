package dev.doorbuster.order.edge.payment;

import java.time.Duration;

/**
 * Limits of payments and cancels, per edge.
 *
 * @param answerMax default wait for the ledger's answer
 * @param heldMax requests that may wait for an answer; further ones are answered "overloaded"
 * @param commandsWaitingMax commands of one sale that may wait for the batch in flight
 * @param payerPerSecond sustained payments of one payment provider
 * @param payerBurst payments of one payment provider at once
 * @param payersTrackedMax payment providers whose rate is tracked
 */
public record PaymentConfig(
        Duration answerMax,
        int heldMax,
        int commandsWaitingMax,
        int payerPerSecond,
        int payerBurst,
        int payersTrackedMax) {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(3);
    private static final int HOLD_COMMANDS_WAITING_MAX = 5_000;
    private static final int HOLD_REQUESTS_MAX = 10_000;
    private static final int PAYERS_TRACKED_MAX = 1_000;
    private static final int PAYER_RATE_BURST = 2_000;
    private static final int PAYER_RATE_PER_SECOND = 1_000;

    public static PaymentConfig defaults() {
        return new PaymentConfig(
                ANSWER_TIMEOUT,
                HOLD_REQUESTS_MAX,
                HOLD_COMMANDS_WAITING_MAX,
                PAYER_RATE_PER_SECOND,
                PAYER_RATE_BURST,
                PAYERS_TRACKED_MAX);
    }
}
