package dev.doorbuster.order.catalogue;

import dev.doorbuster.contracts.message.CounterKind;
import java.time.Instant;

/**
 * A sale as an operator asks for it.
 *
 * @param opensAt null for now
 * @param closesAt null for a sale that ends when an operator ends it
 */
public record NewSale(
        String title,
        long priceCents,
        String currency,
        long stock,
        int perBuyerLimit,
        Instant opensAt,
        Instant closesAt,
        int holdSeconds,
        CounterKind counter) {}
