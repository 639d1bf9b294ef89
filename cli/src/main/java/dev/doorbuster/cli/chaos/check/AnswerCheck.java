package dev.doorbuster.cli.chaos.check;

import dev.doorbuster.cli.chaos.history.Answer;
import dev.doorbuster.cli.chaos.history.Exchange;
import dev.doorbuster.cli.chaos.history.Happening;
import dev.doorbuster.cli.chaos.history.Happening.Effect;
import java.util.List;
import java.util.Set;

/**
 * Only answers that the interface has, and one for every request, but for what a fault excuses: a dead or stalled instance
 * need not answer, and one that is stopping need not take what is sent to it from then on. What it had before, it answers.
 */
final class AnswerCheck {
    /** A connection's end may be noticed a little after the fault is over. */
    private static final long NOTICED_MICROS = 1_000_000;

    private static final Set<String> CONFLICTS =
            Set.of("order-pending", "already-paid", "not-held", "payment-refund-due");

    private final List<Happening> happenings;

    private AnswerCheck(List<Happening> happenings) {
        this.happenings = happenings;
    }

    static void run(Evidence evidence, Findings findings) {
        var check = new AnswerCheck(evidence.history().happenings());
        for (Exchange exchange : evidence.history().exchanges()) {
            if (exchange.answer().status() == 0) {
                check.lost(exchange, findings);
            } else if (!isOfTheInterface(exchange)) {
                findings.add(Breach.UNEXPECTED_ANSWER, exchange);
            }
        }
        check.happenings.stream()
                .filter(happening -> !happening.isDone())
                .forEach(happening -> findings.add(Breach.FAULT_NOT_DONE, happening));
    }

    private static boolean isOfTheInterface(Exchange exchange) {
        Answer answer = exchange.answer();
        if (answer.status() == 503) {
            return answer.retryAfterSeconds() >= 0;
        }
        boolean toOrder = exchange.isTakenIn() || exchange.isPending() || exchange.isRefused();
        return switch (exchange.request().kind()) {
            case ORDER -> toOrder;
            case REUSE -> answer.is(422, "idempotency-key-reused") || exchange.isPending() || exchange.isRefused();
            case LOOK -> answer.status() == 200 && toOrder;
            case PAY, CANCEL ->
                exchange.isTakenIn()
                        || answer.status() == 202
                        || (answer.status() == 409 && CONFLICTS.contains(answer.reason()));
        };
    }

    private void lost(Exchange exchange, Findings findings) {
        boolean excused = happenings.stream().anyMatch(happening -> excuses(happening, exchange));
        if (excused) {
            return;
        }
        boolean stopping = happenings.stream()
                .anyMatch(happening -> happening.effect() == Effect.GRACEFUL_STOP && concerns(happening, exchange));
        findings.add(stopping ? Breach.CUT_OFF : Breach.UNANSWERED, exchange);
    }

    private static boolean excuses(Happening happening, Exchange exchange) {
        if (!concerns(happening, exchange)) {
            return false;
        }
        return switch (happening.effect()) {
            case DEATH, STALL -> true;
            case GRACEFUL_STOP ->
                exchange.answer().lost() == Answer.Lost.NOT_CONNECTED
                        || (exchange.sentMicros() >= happening.beganMicros()
                                && exchange.answer().lost() != Answer.Lost.TIMED_OUT);
            case LOSS -> false;
        };
    }

    private static boolean concerns(Happening happening, Exchange exchange) {
        return happening.target().equals(exchange.instance())
                && happening.overlaps(exchange.sentMicros() - NOTICED_MICROS, exchange.answeredMicros());
    }
}
