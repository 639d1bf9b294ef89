package dev.doorbuster.crowd.judge.check;

import dev.doorbuster.crowd.client.AnswerKind;
import dev.doorbuster.crowd.client.RequestRecord;
import dev.doorbuster.crowd.client.ShopAnswer;
import dev.doorbuster.crowd.client.ShopRequest;
import dev.doorbuster.crowd.judge.Findings;
import dev.doorbuster.crowd.judge.Violation;
import dev.doorbuster.crowd.judge.evidence.RunRecord;
import java.util.Set;

/** Every answer is one that the interface, or a gateway in front of it, has for its request. */
public final class AnswerCheck {
    private static final Set<String> CONFLICTS =
            Set.of("order-pending", "already-paid", "not-held", "payment-refund-due");

    private AnswerCheck() {}

    public static void run(RunRecord run, Findings findings) {
        for (RequestRecord request : run.history().requests()) {
            boolean isOther = request.is(AnswerKind.BUSY) || request.is(AnswerKind.LOST);
            if (!isOther && !isOfTheInterface(request)) {
                findings.add(Violation.UNEXPECTED_ANSWER, request);
            }
            String named = request.answer().key();
            if (request.request().reference() == null && named != null && !named.equals(request.key())) {
                findings.add(Violation.OTHER_KEY, request + ", which names key " + named);
            }
        }
    }

    private static boolean isOfTheInterface(RequestRecord request) {
        ShopAnswer answer = request.answer();
        boolean pendingOrRefused = request.is(AnswerKind.PENDING) || request.is(AnswerKind.REFUSED);
        boolean aboutOrder = request.is(AnswerKind.RESERVED) || pendingOrRefused;
        ShopRequest.Kind kind = request.request().kind();
        return switch (kind) {
            case ORDER -> aboutOrder;
            case REUSE -> pendingOrRefused || answer.is(422, "idempotency-key-reused");
            case LOOK -> aboutOrder && answer.httpStatus() == 200;
            case PAY, CANCEL ->
                request.is(AnswerKind.RESERVED)
                        || answer.httpStatus() == 202
                        || (answer.httpStatus() == 409 && CONFLICTS.contains(answer.reason()));
        };
    }
}
