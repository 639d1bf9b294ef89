package dev.doorbuster.cli.chaos.crowd;

import dev.doorbuster.cli.chaos.history.Exchange;
import dev.doorbuster.cli.chaos.history.Request;
import dev.doorbuster.crowd.client.BuyerTokens;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;

/** Where the shoppers of one sale meet. Used on one event loop only, but for {@link #close()}. */
final class Floor {
    private final Vertx vertx;
    private final Storefront shop;
    private final BuyerTokens tokens;
    private final String sale;
    private volatile boolean sold;
    private volatile boolean closed;

    Floor(Vertx vertx, Storefront shop, BuyerTokens tokens, String sale) {
        this.vertx = vertx;
        this.shop = shop;
        this.tokens = tokens;
        this.sale = sale;
    }

    String sale() {
        return sale;
    }

    String token(String buyer) {
        return tokens.mint(buyer, Instant.now());
    }

    Future<Exchange> send(Request request, String token) {
        return shop.send(request, token);
    }

    Future<Void> pause(long millis) {
        return vertx.timer(Math.max(1, millis)).mapEmpty();
    }

    /** Every unit is paid for: nobody needs to ask again. */
    void soldForGood() {
        sold = true;
    }

    boolean isSoldForGood() {
        return sold;
    }

    /** All go home, whatever they still wait for. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }
}
