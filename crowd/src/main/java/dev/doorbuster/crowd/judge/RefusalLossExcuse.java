package dev.doorbuster.crowd.judge;

import dev.doorbuster.crowd.client.RequestRecord;
import dev.doorbuster.crowd.history.FaultRecord;
import dev.doorbuster.crowd.history.FaultRecord.Effect;
import dev.doorbuster.crowd.history.SaleRecord;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerOrderRow;
import dev.doorbuster.crowd.judge.evidence.RunRecord;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Excuses {@link Violation#HELD_THOUGH_REFUSED} where two faults explain it: the counter's store lost the record of the
 * refusal, and the broker delivered the request a second time, so that it was counted again. One of the two faults alone
 * excuses nothing. The protocol model has the same exception ({@code Promises} in system-tests). A refusal that rests on a
 * marker is excused where the order may have come behind the marker.
 */
public record RefusalLossExcuse(RunRecord run) {
    /** Within two heartbeats of 5 s the broker detects a lost consumer and redelivers its messages. */
    private static final long REDELIVERY_DELAY_MAX_MICROS = 10_000_000;

    private static final Set<String> REDIS_DATA_LOSS = Set.of("empty-redis", "roll-back-redis");
    private static final Set<String> MEMCACHED_DATA_LOSS = Set.of("kill-memcached", "restart-memcached");

    private static final List<String> MESSENGERS = List.of("rabbitmq", "stock-service", "order-service");

    /**
     * Whether both faults were active between the order's first request and the decision in its row.
     *
     * @param sentMicros when the first request was sent
     */
    public boolean applies(LedgerOrderRow row, long sentMicros) {
        Set<String> dataLoss = run.history().sales().stream()
                        .filter(sale -> sale.sale().equals(row.sale()))
                        .map(SaleRecord::counter)
                        .anyMatch("memcached"::equals)
                ? MEMCACHED_DATA_LOSS
                : REDIS_DATA_LOSS;
        long decided = run.decidedBy(row, sentMicros);
        return isActive(sentMicros, decided, fault -> dataLoss.contains(fault.kind()))
                && isActive(sentMicros - REDELIVERY_DELAY_MAX_MICROS, decided, RefusalLossExcuse::redelivers);
    }

    /**
     * Whether the markers of refusals may have been overtaken: by orders that the broker lost, so that their edge published
     * them again, or that it delivered again.
     *
     * @param sentMicros when the first request was sent
     * @param refusals those that rest on markers
     */
    public boolean appliesToMarkers(LedgerOrderRow row, long sentMicros, List<RequestRecord> refusals) {
        long last = refusals.stream()
                .mapToLong(RequestRecord::answeredMicros)
                .reduce(run.decidedBy(row, sentMicros), Math::max);
        return !refusals.isEmpty()
                && isActive(
                        sentMicros - REDELIVERY_DELAY_MAX_MICROS,
                        last + REDELIVERY_DELAY_MAX_MICROS,
                        RefusalLossExcuse::movesMessages);
    }

    private boolean isActive(long fromMicros, long untilMicros, Predicate<FaultRecord> kind) {
        return run.history().faults().stream()
                .filter(fault -> fault.overlaps(fromMicros, untilMicros))
                .anyMatch(kind);
    }

    private static boolean redelivers(FaultRecord fault) {
        return fault.target().startsWith("rabbitmq")
                || (fault.target().startsWith("stock-service") && fault.effect() != Effect.LOSS);
    }

    /** Of the broker, or of a service that publishes or consumes orders. */
    public static boolean movesMessages(FaultRecord fault) {
        return fault.effect() != Effect.CLOCK && MESSENGERS.stream().anyMatch(fault.target()::startsWith);
    }
}
