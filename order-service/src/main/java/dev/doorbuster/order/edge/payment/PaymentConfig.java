package dev.doorbuster.order.edge.payment;

import java.time.Duration;

/**
 * What paying and cancelling are allowed, for each edge.
 *
 * @param answerMax how long the ledger's answer is waited for where the client does not say
 * @param heldMax requests that may wait for an answer; one more is told "overloaded"
 * @param commandsWaitingMax commands of one sale that may wait for the batch in flight
 * @param payerPerSecond payments of one payment provider in the long run
 * @param payerBurst payments of one payment provider at once
 * @param payersTrackedMax payment providers whose rate is remembered
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
