package dev.doorbuster.order.edge.operations;

import dev.doorbuster.order.edge.problem.ProblemType;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Results for the dead letters of one request. */
final class DeadLetterResults {
    private final List<String> done = new ArrayList<>();
    private final List<String> gone = new ArrayList<>();
    private final List<Stayed> stayed = new ArrayList<>();

    private record Stayed(String id, String reason) {}

    void done(String id) {
        done.add(id);
    }

    /** It does not exist, or another request holds it. */
    void gone(String id) {
        gone.add(id);
    }

    void stayed(String id, String reason) {
        stayed.add(new Stayed(id, reason));
    }

    /** Throws the problem if no dead letter was handled. */
    JsonObject answer() {
        if (done.isEmpty() && stayed.isEmpty()) {
            throw ProblemType.UNKNOWN_DEAD_LETTER.exception();
        } else if (done.isEmpty()) {
            throw ProblemType.DEAD_LETTER_STAYS.exception(
                    "It stays where it is: " + stayed.get(0).reason() + ".");
        }
        var left = new JsonArray();
        stayed.forEach(each -> left.add(new JsonObject().put("id", each.id()).put("reason", each.reason())));
        return new JsonObject()
                .put("done", new JsonArray(done))
                .put("gone", new JsonArray(gone))
                .put("stayed", left);
    }
}
