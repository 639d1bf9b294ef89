package dev.doorbuster.loadtest;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.http.HttpDsl.header;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import dev.doorbuster.crowd.client.NextPage;
import dev.doorbuster.crowd.client.ShopAnswer;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the crowd sends. The session knows key, token, sale and order; what comes back is saved in it, under the name that
 * the request was given.
 */
record Requests(Duration waitPreferred, Supplier<String> sale) {
    /** Session attribute with the address of the list's page that is asked for next. */
    static final String LIST_PAGE = "listPage";

    private static final Duration ANSWER_MAX = Duration.ofSeconds(40);

    HttpRequestActionBuilder place(String name) {
        var request = buyer(http("place").post("/api/sales/#{sale}/orders"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "#{key}")
                .body(StringBody("{\"quantity\":1}"));
        return saving(
                name, waitPreferred.isZero() ? request : request.header("Prefer", "wait=" + waitPreferred.toSeconds()));
    }

    HttpRequestActionBuilder look(String name) {
        return saving(name, buyer(http("look").get("/api/orders/#{order}")));
    }

    HttpRequestActionBuilder page(String name) {
        return saving(name, http("page").get(session -> "/api/sales/" + sale.get()));
    }

    HttpRequestActionBuilder list(String name) {
        return saving(name, http("list").get("#{" + LIST_PAGE + "}"));
    }

    /** The answer to the last request of that name; no answer where none came. */
    static ShopAnswer answer(Session session, String name) {
        return response(session, name)
                .map(response -> read(response, session.getString(name + ".retryAfter")))
                .orElseGet(() -> ShopAnswer.lost(ShopAnswer.Lost.OTHER, null));
    }

    /** @param retryAfter null where the response does not say */
    static ShopAnswer read(Response response, String retryAfter) {
        return ShopAnswer.read(
                response.status(),
                response.body().getBytes(StandardCharsets.UTF_8),
                header -> header.equals("Retry-After") ? retryAfter : null);
    }

    /** Where a list goes on; empty on its last page. */
    static Optional<String> nextPage(Session session, String name) {
        return NextPage.of(session.getString(name + ".link"));
    }

    record Response(int status, String body) {}

    /** Empty where none came. */
    static Optional<Response> response(Session session, String name) {
        return session.contains(name + ".status")
                ? Optional.of(new Response(session.getInt(name + ".status"), session.getString(name + ".body")))
                : Optional.empty();
    }

    /** So that the next request of that name, should it get no answer, is not taken to have this one. */
    static Session forget(Session session, String name) {
        return session.removeAll(name + ".status", name + ".body", name + ".retryAfter", name + ".link");
    }

    private static HttpRequestActionBuilder buyer(HttpRequestActionBuilder request) {
        return request.header("Authorization", "Bearer #{token}");
    }

    private static HttpRequestActionBuilder saving(String name, HttpRequestActionBuilder request) {
        return request.requestTimeout(ANSWER_MAX)
                .check(
                        status().saveAs(name + ".status"),
                        bodyString().saveAs(name + ".body"),
                        header("Retry-After").optional().saveAs(name + ".retryAfter"),
                        header(NextPage.HEADER).optional().saveAs(name + ".link"));
    }
}
