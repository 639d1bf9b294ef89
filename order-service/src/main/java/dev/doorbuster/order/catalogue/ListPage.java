package dev.doorbuster.order.catalogue;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param next behind which the list goes on; empty at its end
 */
public record ListPage<T>(List<T> elements, Optional<ListPosition> next) {
    public ListPage {
        elements = List.copyOf(elements);
    }

    /** Of a list read with one element more than fits, which tells whether the list goes on. */
    static <T> ListPage<T> of(List<T> read, int elementsMax, Function<T, ListPosition> position) {
        if (read.size() <= elementsMax) {
            return new ListPage<>(read, Optional.empty());
        }
        return new ListPage<>(read.subList(0, elementsMax), Optional.of(position.apply(read.get(elementsMax - 1))));
    }
}
