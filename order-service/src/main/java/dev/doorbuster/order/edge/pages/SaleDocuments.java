package dev.doorbuster.order.edge.pages;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.edge.pages.DocumentContent.Carried;
import dev.doorbuster.order.edge.pages.DocumentContent.Preview;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The documents with the answers that their pages read first, and with the sale's preview (the Open Graph
 * protocol): a phone with a slow connection waits for two round trips instead of four. The console's has the settings only. Each is written at most once
 * within {@link #FRESH_MAX}. To be used on one event loop only.
 */
public final class SaleDocuments {
    /** A page takes it into account when it sets its clock: see facts.js. */
    static final Duration FRESH_MAX = Duration.ofMillis(500);

    /** A page that is not ready within that time has to ask itself. */
    private static final Duration READ_MAX = Duration.ofMillis(300);

    private static final int KEPT_MAX = 1_000;
    private static final String STOREFRONT = "index.html";
    private static final String CONSOLE = "console.html";
    private static final String SHOP = "/api/shop";
    private static final String HEAD = "<title>Doorbuster</title>";
    private static final String ANSWERS = "<script type=\"application/json\" id=\"answers\">%s</script>";
    private static final Logger LOG = LoggerFactory.getLogger(SaleDocuments.class);

    private final WebRoot root;
    private final String storefrontUrl;
    private final ShopFacts shop;
    private final DocumentContent content;
    private final Cache<String, Future<Optional<WebFile>>> kept;

    /** @param config without an address of the storefront, previews have no image */
    public SaleDocuments(
            WebRoot root, PagesConfig config, ShopFacts shop, LongSupplier nanoTime, DocumentContent content) {
        this.root = root;
        this.storefrontUrl = config.storefrontUrl();
        this.shop = shop;
        this.content = content;
        this.kept = Caffeine.newBuilder()
                .maximumSize(KEPT_MAX)
                .expireAfterWrite(FRESH_MAX)
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /** The list of sales; empty if it cannot be read now. */
    Future<Optional<WebFile>> sales() {
        return document("", content::sales);
    }

    /**
     * The page of a sale; empty if it cannot be read now, or if there is no such sale.
     *
     * @param saleId as in the address; may be anything, also the key of another document
     */
    Future<Optional<WebFile>> sale(String saleId) {
        return SaleId.isValid(saleId)
                ? document(saleId, () -> content.sale(saleId))
                : Future.succeededFuture(Optional.empty());
    }

    /** The console's page, which is never empty. */
    Future<Optional<WebFile>> console() {
        return kept.get(
                CONSOLE,
                key -> Future.succeededFuture(
                        Optional.of(written(CONSOLE, HEAD, new JsonObject().put(SHOP, shop.json())))));
    }

    private Future<Optional<WebFile>> document(String key, Supplier<Future<Optional<Carried>>> reading) {
        Future<Optional<WebFile>> before = kept.getIfPresent(key);
        if (before != null) {
            return before;
        }
        Future<Optional<WebFile>> written = reading.get()
                .timeout(READ_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(cause -> LOG.debug("a document is sent without data: {}", cause.toString()))
                .otherwise(Optional.empty())
                .map(found -> found.map(this::storefront));
        kept.put(key, written);
        return written;
    }

    private WebFile storefront(Carried carried) {
        return written(
                STOREFRONT,
                carried.preview().map(this::head).orElse(HEAD),
                new JsonObject().put(SHOP, shop.json()).put(carried.path(), carried.answer()));
    }

    /** With the answers as a block of data, which browsers do not run. */
    private WebFile written(String name, String head, JsonObject answers) {
        String block = ANSWERS.formatted(answers.encode().replace("<", "\\u003c"));
        String template = root.file(name).plain().toString();
        return WebFile.of(name, template.replace(HEAD, head).replace(ANSWERS.formatted("{}"), block));
    }

    private String head(Preview preview) {
        Stream<String> always = Stream.of(
                "<title>" + escaped(preview.title()) + " · Doorbuster</title>",
                meta("og:type", "website"),
                meta("og:site_name", "Doorbuster"),
                meta("og:title", preview.title()),
                meta("og:description", preview.description()));
        Stream<String> absolute = storefrontUrl.isEmpty()
                ? Stream.empty()
                : Stream.concat(
                        Stream.of(meta("og:url", storefrontUrl + preview.path())),
                        preview.image().stream().map(image -> meta("og:image", storefrontUrl + image)));
        return Stream.concat(always, absolute).collect(Collectors.joining("\n"));
    }

    private static String meta(String property, String text) {
        return "<meta property=\"" + property + "\" content=\"" + escaped(text) + "\">";
    }

    /** For text of an element and for a quoted attribute. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
