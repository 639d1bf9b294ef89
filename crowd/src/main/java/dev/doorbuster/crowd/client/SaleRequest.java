package dev.doorbuster.crowd.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * A sale that an operator creates.
 *
 * @param counter {@code redis} or {@code memcached}
 * @param opensAt null where it opens at once
 * @param closesAt null where it stays open until it is ended
 * @param waitingRoom null where it has none
 * @param raffle null where it is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SaleRequest(
        String title,
        long priceCents,
        String currency,
        String counter,
        long stock,
        int perBuyerLimit,
        long holdSeconds,
        String opensAt,
        String closesAt,
        RoomTerms waitingRoom,
        Boolean raffle) {
    private static final long PRICE_CENTS = 1999;

    /** Of a waiting room. */
    public record RoomTerms(int admitPerSecond) {}

    public static SaleRequest of(String title, String counter, long stock, int perBuyerLimit, long holdSeconds) {
        return of(title, PRICE_CENTS, counter, stock, perBuyerLimit, holdSeconds);
    }

    public static SaleRequest of(
            String title, long priceCents, String counter, long stock, int perBuyerLimit, long holdSeconds) {
        return new SaleRequest(
                title, priceCents, "EUR", counter, stock, perBuyerLimit, holdSeconds, null, null, null, null);
    }

    public SaleRequest closing(Instant at) {
        return with(opensAt, at.toString(), waitingRoom, raffle);
    }

    public SaleRequest withWaitingRoom(Instant opening, int admitPerSecond) {
        return with(opening.toString(), closesAt, new RoomTerms(admitPerSecond), raffle);
    }

    public SaleRequest asRaffle(Instant opening) {
        return with(opening.toString(), closesAt, waitingRoom, true);
    }

    private SaleRequest with(String opening, String closing, RoomTerms room, Boolean isRaffle) {
        return new SaleRequest(
                title,
                priceCents,
                currency,
                counter,
                stock,
                perBuyerLimit,
                holdSeconds,
                opening,
                closing,
                room,
                isRaffle);
    }

    /** Creates the sale and returns its id. */
    public String create(ApiClient operator) throws InterruptedException {
        return operator.post("/api/sales", this).get("saleId").asText();
    }
}
