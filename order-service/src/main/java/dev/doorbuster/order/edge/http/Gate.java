package dev.doorbuster.order.edge.http;

import dev.doorbuster.order.edge.problem.ProblemType;
import io.vertx.core.MultiMap;

/** Refuses requests by their request line and headers alone, before Vert.x handles them. */
public interface Gate {
    /** The refusal of a POST request, or null if it is to be handled. */
    Refusal refusal(String uri, MultiMap headers);

    /**
     * A problem as response.
     *
     * @param headers its own, beside those of every response with a body
     */
    record Refusal(ProblemType why, MultiMap headers) {}
}
