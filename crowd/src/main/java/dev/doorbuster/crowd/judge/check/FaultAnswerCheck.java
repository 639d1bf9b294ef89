package dev.doorbuster.crowd.judge.check;

import dev.doorbuster.crowd.client.AnswerKind;
import dev.doorbuster.crowd.client.RequestRecord;
import dev.doorbuster.crowd.client.ShopAnswer;
import dev.doorbuster.crowd.client.ShopAnswer.Lost;
import dev.doorbuster.crowd.history.FaultRecord;
import dev.doorbuster.crowd.history.FaultRecord.Effect;
import dev.doorbuster.crowd.judge.Findings;
import dev.doorbuster.crowd.judge.Violation;
import dev.doorbuster.crowd.judge.evidence.RunRecord;
import java.util.List;

/**
 * Every request was answered, and no error but a 503 that says when to come back. A fault excuses: a dead or stalled instance
 * need not answer, and one that is stopping need not accept what is sent to it from then on. What it had before, it answers.
 */
public record FaultAnswerCheck(List<FaultRecord> faults) {
    /** A connection's end may be noticed a little after the fault is over. */
    private static final long NOTICED_MICROS = 1_000_000;

    public static void run(RunRecord run, Findings findings) {
        var check = new FaultAnswerCheck(run.history().faults());
        for (RequestRecord request : run.history().requests()) {
            if (request.is(AnswerKind.LOST)) {
                check.lost(request, findings);
            } else if (request.is(AnswerKind.BUSY) && !saysWhenToComeBack(request.answer())) {
                findings.add(Violation.UNEXPECTED_ANSWER, request);
            }
        }
        check.faults.stream()
                .filter(fault -> !fault.isDone())
                .forEach(fault -> findings.add(Violation.FAULT_NOT_DONE, fault));
    }

    private static boolean saysWhenToComeBack(ShopAnswer answer) {
        return answer.httpStatus() == 503 && answer.retryAfterSeconds() != ShopAnswer.NO_RETRY_AFTER;
    }

    private void lost(RequestRecord request, Findings findings) {
        if (faults.stream().anyMatch(fault -> excuses(fault, request))) {
            return;
        }
        boolean stopping =
                faults.stream().anyMatch(fault -> fault.effect() == Effect.GRACEFUL_STOP && concerns(fault, request));
        findings.add(stopping ? Violation.CUT_OFF : Violation.UNANSWERED, request);
    }

    private static boolean excuses(FaultRecord fault, RequestRecord request) {
        if (!concerns(fault, request)) {
            return false;
        }
        Lost lost = request.answer().lost();
        return switch (fault.effect()) {
            case DEATH, STALL -> true;
            case GRACEFUL_STOP ->
                lost == Lost.NOT_CONNECTED || (request.sentMicros() >= fault.beganMicros() && lost != Lost.TIMED_OUT);
            case LOSS, NETWORK, DISK, CLOCK -> false;
        };
    }

    private static boolean concerns(FaultRecord fault, RequestRecord request) {
        return fault.target().equals(request.instance())
                && fault.overlaps(request.sentMicros() - NOTICED_MICROS, request.answeredMicros());
    }
}
