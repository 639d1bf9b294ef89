package dev.doorbuster.order.catalogue;

import dev.doorbuster.contracts.value.CounterKind;
import java.time.Instant;

/**
 * An operator's request for a new sale.
 *
 * @param opensAt null for now
 * @param closesAt null for a sale without a scheduled end
 * @param draft whether it is to be published later
 * @param admitPerSecond buyers that the waiting room admits per second; null for a sale without one
 * @param workBits of the proof of work that a place in the waiting room costs; 0 for none
 * @param raffle whether the units go to entrants in a drawn order
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
        CounterKind counter,
        boolean draft,
        Integer admitPerSecond,
        int workBits,
        boolean raffle) {}
