package dev.doorbuster.notifier.http;

import dev.doorbuster.runtime.http.Problem;

/** Problem types that only the notifier returns. */
final class NotifierProblems {
    static final Problem NO_TICKET = new Problem(
            "unauthenticated",
            401,
            "Who are you?",
            "A ticket opens one stream once and soon: POST /api/events/ticket gives a new one, for ?ticket=.");
    static final Problem UNKNOWN_SALE =
            new Problem("unknown-sale", 404, "No such sale", "A sale's id is 16 characters of a-z and 2-7.");
    static final Problem NOT_FOUND = new Problem(
            "not-found",
            404,
            "Not found",
            "Here are GET /api/sales/{saleId}/events and /pulse[/{otherSaleId}], GET /api/pulse and /api/pulse/events,"
                    + " POST /api/events/ticket and GET /api/events?ticket=.");
    static final Problem METHOD_NOT_ALLOWED = new Problem(
            "method-not-allowed", 405, "Method not allowed", "Streams are read with GET, tickets are made with POST.");
    static final Problem TOO_MANY_STREAMS = new Problem(
            "too-many-streams", 429, "Too many streams", "Close one of your other streams, then open this one again.");
    static final Problem OVERLOADED = new Problem(
            "overloaded", 503, "Overloaded", "All streams are taken or a server behind is away. Try again later.");

    private NotifierProblems() {}
}
