package dev.doorbuster.crowd.judge.check;

import dev.doorbuster.crowd.client.AnswerKind;
import dev.doorbuster.crowd.client.RequestRecord;
import dev.doorbuster.crowd.judge.Findings;
import dev.doorbuster.crowd.judge.Violation;
import dev.doorbuster.crowd.judge.evidence.OrderHistory;
import dev.doorbuster.crowd.judge.evidence.RunRecord;

/** Every reserved order was sent again at the end, and was answered with the same order, marked as a replay. */
public final class RepeatCheck {
    private RepeatCheck() {}

    public static void run(RunRecord run, Findings findings) {
        run.orders()
                .values()
                .forEach(order -> order.firstReserved().ifPresent(reserved -> check(order, reserved, findings)));
    }

    private static void check(OrderHistory order, RequestRecord reserved, Findings findings) {
        if (order.repeats().isEmpty()) {
            findings.add(Violation.REPEAT_NOT_ANSWERED, reserved + ", and never sent again");
        } else if (!order.last().is(AnswerKind.RESERVED)) {
            findings.add(Violation.REPEAT_NOT_ANSWERED, order.last());
        } else if (!order.last().answer().orderId().equals(reserved.answer().orderId())) {
            findings.add(Violation.REPEAT_DIFFERS, order.last() + " after " + reserved);
        }
        order.repeats().stream()
                .filter(repeat ->
                        repeat.answer().httpStatus() == 201 && !repeat.answer().replayed())
                .forEach(repeat -> findings.add(Violation.REPEAT_DIFFERS, repeat + ", not marked as a replay"));
    }
}
