package dev.doorbuster.cli.rehearse;

import dev.doorbuster.crowd.client.ApiClient;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The sales that this rehearsal has opened and not ended yet. Once it is closed, it opens no more. */
final class OpenSales {
    private final ApiClient operator;
    private final Set<String> open = new LinkedHashSet<>();
    private boolean closed;

    OpenSales(ApiClient operator) {
        this.operator = operator;
    }

    /** Opens a sale; nobody closes this in between, so that no sale is forgotten. */
    synchronized String open(Map<String, ?> sale) throws InterruptedException {
        if (closed) {
            throw new IllegalStateException("the rehearsal was interrupted");
        }
        String id = operator.post("/api/sales", sale).get("saleId").asText();
        open.add(id);
        return id;
    }

    synchronized void end(String sale) throws InterruptedException {
        if (open.contains(sale)) {
            var unused = operator.delete("/api/sales/" + sale);
            open.remove(sale);
        }
    }

    /** Ends what is open; returns those that could not be ended, with the reason. */
    synchronized List<String> close() {
        closed = true;
        var left = new ArrayList<String>();
        for (String sale : List.copyOf(open)) {
            try {
                end(sale);
            } catch (RuntimeException e) {
                left.add(sale + " could not be ended: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                left.add(sale + " was not ended: interrupted");
            }
        }
        return left;
    }
}
