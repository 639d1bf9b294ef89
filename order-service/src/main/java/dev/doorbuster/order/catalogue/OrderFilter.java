package dev.doorbuster.order.catalogue;

import static java.util.stream.Collectors.joining;

import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.contracts.value.SaleId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Conditions on a list of orders. A list is of one sale, of one buyer, or of both. For a status that is rare a page may
 * read all orders of its sale.
 *
 * @param placedFrom first time of placement
 * @param placedTo end of the times of placement, exclusive
 */
public record OrderFilter(
        Optional<SaleId> sale,
        Optional<String> buyer,
        Optional<OrderStatus> status,
        Optional<Instant> placedFrom,
        Optional<Instant> placedTo) {
    public OrderFilter {
        if (sale.isEmpty() && buyer.isEmpty()) {
            throw new IllegalArgumentException("a list of orders needs a sale or a buyer");
        }
    }

    /** A buyer's orders. */
    public static OrderFilter ofBuyer(String buyer, Optional<SaleId> sale) {
        return new OrderFilter(sale, Optional.of(buyer), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The first two are true for all orders and choose the list's index: see {@code V20__index_use.sql}. */
    String conditions() {
        return Stream.of(
                        sale.isEmpty() ? Optional.of("totalCents >= 0") : Optional.<String>empty(),
                        buyer.isEmpty() ? Optional.of("quantity > 0") : Optional.<String>empty(),
                        buyer.map(given -> "buyer = :buyer"),
                        sale.map(given -> "saleId = :sale"),
                        status.map(given -> "status = :status"),
                        placedFrom.map(given -> "placedAt >= :placedFrom"),
                        placedTo.map(given -> "placedAt < :placedTo"))
                .flatMap(Optional::stream)
                .collect(joining(" and "));
    }

    /** Values of the conditions, by name. */
    Map<String, Object> parameters() {
        var all = new HashMap<String, Object>();
        buyer.ifPresent(given -> all.put("buyer", given));
        sale.ifPresent(given -> all.put("sale", given.value()));
        status.ifPresent(given -> all.put("status", given));
        placedFrom.ifPresent(given -> all.put("placedFrom", given));
        placedTo.ifPresent(given -> all.put("placedTo", given));
        return all;
    }
}
