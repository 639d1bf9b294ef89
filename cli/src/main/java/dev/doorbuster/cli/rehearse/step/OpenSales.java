package dev.doorbuster.cli.rehearse.step;

import dev.doorbuster.crowd.client.ApiClient;
import dev.doorbuster.crowd.client.SaleRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The open sales of this rehearsal. Once closed, it opens no more. */
public final class OpenSales {
    private final ApiClient operator;
    private final Set<String> open = new LinkedHashSet<>();
    private boolean closed;

    public OpenSales(ApiClient operator) {
        this.operator = operator;
    }

    /** Opens a sale. Never concurrent with {@link #close()}, so that no sale stays open. */
    public synchronized String open(SaleRequest sale) throws InterruptedException {
        if (closed) {
            throw new IllegalStateException("the rehearsal was interrupted");
        }
        String id = sale.create(operator);
        open.add(id);
        return id;
    }

    synchronized void end(String sale) throws InterruptedException {
        if (open.contains(sale)) {
            var unused = operator.delete("/api/sales/" + sale);
            open.remove(sale);
        }
    }

    /** Ends all open sales; returns those that could not be ended, with the reason. */
    public synchronized List<String> close() {
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
