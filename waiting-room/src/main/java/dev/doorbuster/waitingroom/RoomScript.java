package dev.doorbuster.waitingroom;

import dev.doorbuster.contracts.value.SaleId;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The Lua scripts of the waiting room: each is one indivisible step on the keys of one sale. */
enum RoomScript {
    JOIN,
    PLACE,
    LEAVE,
    ORDERED,
    ADMIT,
    FREEZE,
    WRITE_DRAW,
    FINISH_DRAW,
    END,
    REOPEN;

    /** In the order in which the scripts name them. */
    private static final List<String> KEYS =
            List.of("meta", "lobby", "entrants", "gone", "draw", "queue", "admitted", "passes", "standby", "offered");

    private final String text =
            read("keys") + read(name().toLowerCase(Locale.ROOT).replace('_', '-'));

    private static String read(String name) {
        try (InputStream from = RoomScript.class.getResourceAsStream(name + ".lua")) {
            return new String(from.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Request on(SaleId sale, Object... arguments) {
        Request request = Request.cmd(Command.EVAL).arg(text).arg(KEYS.size());
        KEYS.forEach(key -> request.arg(key(sale, key)));
        for (Object argument : arguments) {
            request.arg(argument.toString());
        }
        return request;
    }

    /** The keys of a sale share a hash tag, so that they are in one slot. */
    static String key(SaleId sale, String what) {
        return "doorbuster:{" + sale + "}:room:" + what;
    }
}
