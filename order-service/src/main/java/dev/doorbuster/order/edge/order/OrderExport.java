package dev.doorbuster.order.edge.order;

import dev.doorbuster.contracts.value.OrderView;
import dev.doorbuster.order.catalogue.ListPage;
import dev.doorbuster.order.catalogue.ListPage.ListPosition;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One export in progress. The next page is read once the previous one was handed to the socket, so memory holds one
 * page for any number of orders, and a slow client keeps neither a connection nor a snapshot of the database. To be
 * used on one event loop only.
 */
final class OrderExport {
    private final ExportFormat format;
    private final HttpServerResponse response;
    private final Function<Optional<ListPosition>, Future<ListPage<OrderView>>> pages;
    private final Promise<Void> done = Promise.promise();

    OrderExport(
            ExportFormat format,
            HttpServerResponse response,
            Function<Optional<ListPosition>, Future<ListPage<OrderView>>> pages) {
        this.format = format;
        this.response = response;
        this.pages = pages;
    }

    /** Completes after the last page; fails if the client is gone or a page cannot be read. */
    Future<Void> run(ListPage<OrderView> first) {
        response.setChunked(true);
        write(format.head(), first);
        return done.future();
    }

    private void write(Buffer buffer, ListPage<OrderView> page) {
        List<OrderView> orders = page.elements();
        orders.forEach(order -> format.append(buffer, order));
        if (page.next().isEmpty()) {
            response.end(buffer).onComplete(done);
        } else {
            response.write(buffer).onComplete(written -> afterWriting(written, page.next()));
        }
    }

    /** In callbacks: a chain of futures would grow with every page. */
    private void afterWriting(AsyncResult<Void> written, Optional<ListPosition> next) {
        if (written.failed()) {
            done.fail(written.cause());
            return;
        }
        pages.apply(next).onComplete(read -> {
            if (read.failed()) {
                done.fail(read.cause());
            } else {
                write(Buffer.buffer(), read.result());
            }
        });
    }
}
