package dev.doorbuster.order.edge.order;

import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.operator.BuyerPseudonyms;
import io.vertx.core.json.JsonObject;
import java.util.UUID;

/** {@code POST /api/buyers/pseudonym}. */
public final class BuyerOperations {
    private final BuyerPseudonyms pseudonyms;

    public BuyerOperations(BuyerPseudonyms pseudonyms) {
        this.pseudonyms = pseudonyms;
    }

    public void pseudonymise(ApiRequest request) {
        String pseudonym = "erased-" + UUID.randomUUID();
        request.answer(pseudonyms.replace(request.body().getString("buyer"), pseudonym), outcome -> {
            switch (outcome) {
                case DONE -> request.json(200, new JsonObject().put("pseudonym", pseudonym));
                case UNKNOWN -> throw ProblemType.NOT_FOUND.exception("Nothing is recorded about this buyer.");
                case ACTIVE -> throw ProblemType.BUYER_ACTIVE.exception();
            }
        });
    }
}
