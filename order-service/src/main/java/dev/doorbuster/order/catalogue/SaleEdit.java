package dev.doorbuster.order.catalogue;

import java.time.Instant;
import java.util.Optional;

/** What an operator changes; what is empty stays. */
public record SaleEdit(
        Optional<String> title,
        Optional<Long> priceCents,
        Optional<Long> stock,
        Optional<Integer> perBuyerLimit,
        Optional<Instant> opensAt,
        Optional<Instant> closesAt,
        Optional<Integer> holdSeconds) {}
