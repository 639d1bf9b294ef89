package dev.doorbuster.order.catalogue;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param next position after which the list continues; empty on the last page
 */
public record ListPage<T>(List<T> elements, Optional<ListPosition> next) {
    public ListPage {
        elements = List.copyOf(elements);
    }

    /** Builds a page from a query for one element more than the page size. */
    public static <T> ListPage<T> of(List<T> read, int elementsMax, Function<T, ListPosition> position) {
        if (read.size() <= elementsMax) {
            return new ListPage<>(read, Optional.empty());
        }
        return new ListPage<>(read.subList(0, elementsMax), Optional.of(position.apply(read.get(elementsMax - 1))));
    }
}
