package dev.doorbuster.counter.redis;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.counter.RedisKeys;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.counter.CounterDecisions.CounterSnapshot;
import dev.doorbuster.counter.CounterOutcome;
import dev.doorbuster.counter.UnknownSaleException;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The read part of a decision on Redis: keys, commands, and the parsing of the replies. */
final class RedisReading {
    private final SaleId sale;
    private final List<UUID> orders;
    private final List<String> buyers;
    private final Map<String, List<UUID>> requestsBySlot;

    RedisReading(SaleId sale, List<OrderPlaced> placed) {
        this.sale = sale;
        this.orders = placed.stream().map(OrderPlaced::orderId).distinct().toList();
        this.buyers = placed.stream().map(OrderPlaced::buyer).distinct().toList();
        this.requestsBySlot = placed.stream()
                .collect(Collectors.groupingBy(
                        each -> RedisKeys.outcomes(sale, each.receivedAt()),
                        LinkedHashMap::new,
                        Collectors.mapping(OrderPlaced::requestId, Collectors.toList())));
    }

    Collection<String> watched() {
        var keys =
                new ArrayList<>(List.of(RedisKeys.counter(sale), RedisKeys.reservations(sale), RedisKeys.buyers(sale)));
        keys.addAll(requestsBySlot.keySet());
        return keys;
    }

    public List<Request> commands() {
        var commands = new ArrayList<Request>();
        commands.add(Request.cmd(Command.GET).arg(RedisKeys.counter(sale)));
        commands.add(fields(RedisKeys.reservations(sale), orders));
        commands.add(fields(RedisKeys.buyers(sale), buyers));
        requestsBySlot.forEach((slot, requests) -> commands.add(fields(slot, requests)));
        return commands;
    }

    CounterSnapshot<Reservations> snapshot(List<Response> replies) {
        Response counter = replies.get(0);
        CounterValue value = UnknownSaleException.require(sale, counter == null ? null : counter.toString());
        return new CounterSnapshot<>(
                value, outcomes(replies), new Reservations(known(replies.get(1)), sums(replies.get(2))));
    }

    private Set<UUID> known(Response quantities) {
        var known = new HashSet<UUID>();
        for (int i = 0; i < orders.size(); i++) {
            if (quantities.get(i) != null) {
                known.add(orders.get(i));
            }
        }
        return known;
    }

    private Map<String, Long> sums(Response quantities) {
        var sums = new HashMap<String, Long>();
        for (int i = 0; i < buyers.size(); i++) {
            sums.put(buyers.get(i), quantity(quantities.get(i)));
        }
        return sums;
    }

    private Map<UUID, CounterOutcome> outcomes(List<Response> replies) {
        var outcomes = new HashMap<UUID, CounterOutcome>();
        int reply = 3;
        for (List<UUID> requests : requestsBySlot.values()) {
            Response texts = replies.get(reply++);
            for (int i = 0; i < requests.size(); i++) {
                UUID request = requests.get(i);
                Response text = texts.get(i);
                CounterOutcome.ofRecorded(text == null ? null : text.toString())
                        .ifPresent(outcome -> outcomes.put(request, outcome));
            }
        }
        return outcomes;
    }

    /** Zero if missing or not a quantity. */
    static long quantity(Response stored) {
        String text = stored == null ? "" : stored.toString();
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    static Request fields(String key, Collection<?> names) {
        Request request = Request.cmd(Command.HMGET).arg(key);
        names.forEach(name -> request.arg(name.toString()));
        return request;
    }
}
