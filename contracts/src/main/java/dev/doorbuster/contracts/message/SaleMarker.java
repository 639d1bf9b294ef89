package dev.doorbuster.contracts.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.OrderNumber;
import dev.doorbuster.contracts.value.OrderNumber.OrderNumbers;
import dev.doorbuster.contracts.value.Require;
import dev.doorbuster.contracts.value.SaleId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Takes the same route as orders, through decider and ledger, back to its edge: every order of its sales that was accepted before
 * it has then been decided. It may tell the ledger about orders, which the ledger keeps, so that an order lost by the broker is found.
 *
 * @param decided numbers of requests decided without the ledger; a marker with some is not sent back
 * @param awaited requests that the edge has no answer to
 * @param sales others of the same partition whose orders it follows, beside those of the message's sale
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SaleMarker(
        UUID markerId, String edgeId, List<OrderNumbers> decided, List<AwaitedOrder> awaited, List<SaleId> sales)
        implements Element {
    public SaleMarker {
        Require.present(markerId, "markerId");
        Require.text(edgeId, Limits.EDGE_ID_LENGTH_MAX, "edgeId");
        decided = decided == null ? List.of() : List.copyOf(decided);
        awaited = awaited == null ? List.of() : List.copyOf(awaited);
        sales = sales == null ? List.of() : List.copyOf(sales);
        Require.range(decided.size(), 0, Limits.MESSAGE_ELEMENTS_MAX, "the number of decided ranges");
        Require.range(awaited.size(), 0, Limits.MESSAGE_ELEMENTS_MAX, "the number of awaited orders");
        Require.range(sales.size(), 0, Limits.MESSAGE_ELEMENTS_MAX, "the number of sales");
    }

    public SaleMarker(UUID markerId, String edgeId, List<OrderNumbers> decided, List<AwaitedOrder> awaited) {
        this(markerId, edgeId, decided, awaited, List.of());
    }

    public SaleMarker(UUID markerId, String edgeId) {
        this(markerId, edgeId, List.of(), List.of());
    }

    /** Markers that report these numbers to the ledger, which uses no ids of theirs; none for no numbers. */
    public static List<SaleMarker> ofDecided(String edgeId, Collection<OrderNumber> numbers) {
        List<OrderNumbers> ranges = OrderNumbers.of(numbers);
        var markers = new ArrayList<SaleMarker>();
        for (int from = 0; from < ranges.size(); from += Limits.MESSAGE_ELEMENTS_MAX) {
            int to = Math.min(ranges.size(), from + Limits.MESSAGE_ELEMENTS_MAX);
            OrderNumbers first = ranges.get(from);
            var id = new UUID(first.stream(), first.first());
            markers.add(new SaleMarker(id, edgeId, ranges.subList(from, to), List.of()));
        }
        return markers;
    }

    /** An order request that the broker has confirmed and that its edge has no answer to. */
    public record AwaitedOrder(long stream, long number, UUID orderId) {
        public AwaitedOrder {
            Require.range(stream, 1, OrderNumber.STREAM_MAX, "stream");
            Require.range(number, 1, Long.MAX_VALUE, "number");
            Require.present(orderId, "orderId");
        }
    }
}
