package dev.doorbuster.order.edge.pages;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Routes of pages and assets. The storefront and the operator's console are one document each for all their URLs;
 * their scripts render the content from the API.
 */
public final class Pages {
    static final String ASSETS = "/assets";

    private static final String STOREFRONT = "index.html";
    private static final String SALE = "/sales/:saleId";
    private static final List<String> ADDRESSES = List.of("/orders", "/orders/:orderId");
    private static final List<String> CONSOLE_ADDRESSES = List.of("/console", "/console/*");
    private static final CharSequence GZIP = HttpHeaders.createOptimized("gzip");
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    /** Cached, but revalidated each time. */
    private static final String ASK_AGAIN = "no-cache";

    private final WebRoot root;
    private final PageHeaders headers;
    private final Consumer<String> saleViewed;
    private final SaleDocuments documents;

    /**
     * @param saleViewed gets what stands for the sale's id in each request of a sale's page
     * @param documents those with data
     */
    public Pages(WebRoot root, PagesConfig config, Consumer<String> saleViewed, SaleDocuments documents) {
        this.root = root;
        this.documents = documents;
        this.saleViewed = saleViewed;
        this.headers = new PageHeaders(config, root.inlineSources());
    }

    /** Adds the routes; the last one handles all unknown paths. */
    public void mount(Router router) {
        router.get(SALE).handler(context -> {
            saleViewed.accept(context.pathParam("saleId"));
            context.next();
        });
        reading(router, SALE).handler(context -> document(context, documents.sale(context.pathParam("saleId"))));
        reading(router, "/").handler(context -> document(context, documents.sales()));
        ADDRESSES.forEach(address -> reading(router, address).handler(context -> page(context, STOREFRONT, 200)));
        CONSOLE_ADDRESSES.forEach(
                address -> reading(router, address).handler(context -> document(context, documents.console())));
        reading(router, ASSETS + "/:version/*").handler(this::asset);
        router.route().handler(this::missing);
    }

    private static Route reading(Router router, String path) {
        return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
    }

    /** Responds with a page if the client accepts HTML, else continues with the next route. */
    private void missing(RoutingContext context) {
        HttpServerRequest request = context.request();
        boolean page = request.method().equals(HttpMethod.GET)
                && !request.path().startsWith("/api/")
                && AcceptedValues.names(request.headers().getAll(HttpHeaders.ACCEPT), "text/html")
                        .orElse(false);
        if (page) {
            page(context, STOREFRONT, 404);
        } else {
            context.next();
        }
    }

    private void page(RoutingContext context, String name, int status) {
        headers.add(context.response());
        send(context, root.file(name), status, ASK_AGAIN);
    }

    /** A document with data is sent anew each time; one without is as any other page. */
    private void document(RoutingContext context, Future<Optional<WebFile>> written) {
        written.onSuccess(found -> found.ifPresentOrElse(
                file -> {
                    headers.add(context.response());
                    context.response()
                            .putHeader(HttpHeaders.CACHE_CONTROL, ASK_AGAIN)
                            .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
                    send(context, file, 200, acceptsGzip(context.request()));
                },
                () -> page(context, STOREFRONT, 200)));
    }

    /**
     * An asset of another release is served in this release's version, to be revalidated: two releases run in
     * parallel during an update.
     */
    private void asset(RoutingContext context) {
        String version = context.pathParam("version");
        String path = context.request().path().substring(ASSETS.length() + version.length() + 2);
        WebFile file = root.file(path);
        if (file == null) {
            context.next();
        } else {
            send(context, file, 200, version.equals(root.version()) ? FOR_EVER : ASK_AGAIN);
        }
    }

    private static boolean acceptsGzip(HttpServerRequest request) {
        List<String> accepted = request.headers().getAll(HttpHeaders.ACCEPT_ENCODING);
        return AcceptedValues.names(accepted, "gzip")
                .or(() -> AcceptedValues.names(accepted, "*"))
                .orElse(false);
    }

    private static void send(RoutingContext context, WebFile file, int status, String caching) {
        HttpServerResponse response = context.response();
        boolean zipped = acceptsGzip(context.request());
        String etag = zipped ? file.zippedEtag() : file.etag();
        response.putHeader(HttpHeaders.CACHE_CONTROL, caching)
                .putHeader(HttpHeaders.ETAG, etag)
                .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        if (status == 200 && context.isFresh()) {
            response.setStatusCode(304).end();
            return;
        }
        send(context, file, status, zipped);
    }

    private static void send(RoutingContext context, WebFile file, int status, boolean zipped) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response();
        if (zipped) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, GZIP);
        }
        var body = zipped ? file.zipped() : file.plain();
        response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, file.type());
        if (request.method().equals(HttpMethod.HEAD)) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()))
                    .end();
        } else {
            response.end(body);
        }
    }
}
