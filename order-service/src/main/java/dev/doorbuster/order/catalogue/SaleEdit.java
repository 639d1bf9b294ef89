package dev.doorbuster.order.catalogue;

import java.time.Instant;
import java.util.Optional;

/**
 * What an operator changes; what is empty stays.
 *
 * @param closesAt with nothing in it, the sale runs until it is ended
 */
public record SaleEdit(
        Optional<String> title,
        Optional<Long> priceCents,
        Optional<Long> stock,
        Optional<Integer> perBuyerLimit,
        Optional<Instant> opensAt,
        Optional<Optional<Instant>> closesAt,
        Optional<Integer> holdSeconds) {}
