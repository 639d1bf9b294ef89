package dev.doorbuster.order.edge.problem;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Serves the documentation of a problem's {@code type}: its meaning and what to do. */
public final class ProblemPages {
    private static final String TEXT = "text/plain; charset=utf-8";

    private ProblemPages() {}

    public static void one(RoutingContext context) {
        Optional<ProblemType> type = ProblemType.ofSlug(context.pathParam("slug"));
        if (type.isEmpty()) {
            throw ProblemType.NOT_FOUND.exception("There is no such problem.");
        }
        send(context, describe(type.get()));
    }

    public static void all(RoutingContext context) {
        send(
                context,
                Arrays.stream(ProblemType.values()).map(ProblemPages::describe).collect(Collectors.joining("\n")));
    }

    private static String describe(ProblemType type) {
        return "/problems/" + type.slug() + "\n" + type.status() + " "
                + type.problem().title() + "\n" + type.problem().detail() + "\n";
    }

    private static void send(RoutingContext context, String text) {
        context.response().putHeader(HttpHeaders.CONTENT_TYPE, TEXT).end(text);
    }
}
