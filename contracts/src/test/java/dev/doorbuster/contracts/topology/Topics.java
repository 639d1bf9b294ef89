package dev.doorbuster.contracts.topology;

import dev.doorbuster.contracts.topology.Topology.Binding;
import dev.doorbuster.contracts.topology.Topology.Exchange;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A model of the broker's routing, as far as the tests need it: the queues that a message reaches. */
final class Topics {
    private Topics() {}

    static Set<String> queues(Topology topology, Route route) {
        Map<String, Exchange> exchanges =
                topology.exchanges().stream().collect(Collectors.toMap(Exchange::name, Function.identity()));
        Exchange exchange = exchanges.get(route.exchange());
        Set<String> reached = topology.bindings().stream()
                .filter(binding -> binding.exchange().equals(route.exchange()))
                .filter(binding -> matches(exchange.type(), binding.routingKey(), route.routingKey()))
                .map(Binding::queue)
                .collect(Collectors.toSet());
        Object alternate = exchange.arguments().get("alternate-exchange");
        return reached.isEmpty() && alternate != null
                ? queues(topology, new Route((String) alternate, route.routingKey()))
                : reached;
    }

    private static boolean matches(Exchange.Type type, String bindingKey, String routingKey) {
        return switch (type) {
            case FANOUT -> true;
            case DIRECT -> bindingKey.equals(routingKey);
            case TOPIC -> matches(List.of(bindingKey.split("\\.")), List.of(routingKey.split("\\.")));
        };
    }

    private static boolean matches(List<String> pattern, List<String> words) {
        if (pattern.isEmpty()) {
            return words.isEmpty();
        }
        List<String> rest = pattern.subList(1, pattern.size());
        if (pattern.get(0).equals("#")) {
            return matches(rest, words) || (!words.isEmpty() && matches(pattern, words.subList(1, words.size())));
        }
        return !words.isEmpty()
                && (pattern.get(0).equals("*") || pattern.get(0).equals(words.get(0)))
                && matches(rest, words.subList(1, words.size()));
    }
}
