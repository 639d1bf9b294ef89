package dev.doorbuster.cli.chaos.check;

import dev.doorbuster.cli.chaos.check.Books.OrderRow;
import dev.doorbuster.cli.chaos.history.Exchange;
import dev.doorbuster.cli.chaos.history.History;
import dev.doorbuster.cli.chaos.history.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything that is known, and where to find it. */
final class Evidence {
    private final History history;
    private final Books books;
    private final Counters counters;
    private final Wire wire;
    private final Map<Story.Id, Story> stories = new LinkedHashMap<>();
    private final Map<Story.Id, OrderRow> rowsByKey = new HashMap<>();
    private final Map<String, OrderRow> rowsById = new HashMap<>();
    /** Who sent a request without a key and had no answer: the key it was given stays unknown. */
    private final Set<String> unanswered = new HashSet<>();

    Evidence(History history, Books books, Counters counters, Wire wire) {
        this.history = history;
        this.books = books;
        this.counters = counters;
        this.wire = wire;
        var byStory = new LinkedHashMap<Story.Id, List<Exchange>>();
        for (Exchange exchange : history.exchanges()) {
            if (exchange.is(Request.Kind.REUSE)) {
                continue;
            }
            String key = key(exchange);
            if (key == null) {
                unanswered.add(exchange.request().buyer());
            } else {
                byStory.computeIfAbsent(
                                new Story.Id(
                                        exchange.request().sale(),
                                        exchange.request().buyer(),
                                        key),
                                first -> new ArrayList<>())
                        .add(exchange);
            }
        }
        byStory.forEach((id, exchanges) -> stories.put(id, new Story(exchanges)));
        for (OrderRow row : books.orders()) {
            rowsByKey.put(new Story.Id(row.sale(), row.buyer(), row.key()), row);
            rowsById.put(row.id(), row);
        }
    }

    private static String key(Exchange exchange) {
        String sent = exchange.request().key();
        return sent == null ? exchange.answer().key() : sent;
    }

    History history() {
        return history;
    }

    Books books() {
        return books;
    }

    Counters counters() {
        return counters;
    }

    Wire wire() {
        return wire;
    }

    Map<Story.Id, Story> stories() {
        return stories;
    }

    OrderRow row(Story.Id id) {
        return rowsByKey.get(id);
    }

    OrderRow row(String order) {
        return rowsById.get(order);
    }

    boolean mayHaveAsked(OrderRow row) {
        return stories.containsKey(new Story.Id(row.sale(), row.buyer(), row.key()))
                || unanswered.contains(row.buyer());
    }
}
