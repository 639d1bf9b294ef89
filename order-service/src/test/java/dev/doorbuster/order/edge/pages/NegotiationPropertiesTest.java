package dev.doorbuster.order.edge.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.runtime.config.Environment;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Random Accept-Encoding, If-None-Match and Accept headers, compared with a separate implementation of RFC 9110. */
class NegotiationPropertiesTest {
    private static final long SEED = 9110;
    private static final int CASES = 1_500;
    private static final Vertx VERTX = Vertx.vertx();
    private static final List<String> CODINGS = List.of("br", "xgzip", "gzipx", "identity", "deflate", "zstd");

    private static final DocumentContent NO_DATA = new DocumentContent() {
        @Override
        public Future<Optional<Carried>> sales() {
            return Future.succeededFuture(Optional.empty());
        }

        @Override
        public Future<Optional<Carried>> sale(String saleId) {
            return sales();
        }
    };

    private static HttpServer server;
    private static HttpClient client;

    private final Random random = new Random(SEED);

    @BeforeAll
    static void start() {
        Router router = Router.router(VERTX);
        WebRoot root = WebRoot.of(Map.of("index.html", "<p>shop</p>".repeat(50), "console.html", "<p></p>"));
        PagesConfig config = PagesConfig.fromEnv(new Environment(Map.of()));
        var shop = new ShopFacts(config, false);
        new Pages(root, config, sale -> {}, new SaleDocuments(root, config, shop, System::nanoTime, NO_DATA))
                .mount(router);
        server = VERTX.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        client = VERTX.createHttpClient();
    }

    @AfterAll
    static void stop() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    private static HttpClientResponse get(String path, String header, String value) {
        return client.request(HttpMethod.GET, server.actualPort(), "127.0.0.1", path)
                .map(request -> request.putHeader(header, value))
                .compose(request ->
                        request.send().compose(response -> response.body().map(response)))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @Test
    void compressesWhereGzipIsAcceptedAndOnlyThere() {
        for (int i = 0; i < CASES; i++) {
            var members = new ArrayList<String>();
            int named = random.nextInt(4);
            boolean accepted = false;
            if (named > 0) {
                int thousandths = random.nextInt(3) == 0 ? 0 : random.nextInt(1001);
                members.add(weighted(named == 1 ? "*" : named == 2 ? "gzip" : "GZIP", thousandths));
                accepted = thousandths > 0;
            }
            for (int other = random.nextInt(3); other > 0; other--) {
                String coding = CODINGS.get(random.nextInt(CODINGS.size()));
                members.add(random.nextInt(2) * members.size(), weighted(coding, random.nextInt(1001)));
            }
            String header = String.join(random.nextBoolean() ? "," : " , ", members);

            HttpClientResponse answer = get("/", "Accept-Encoding", header);

            assertThat(answer.statusCode()).as(header).isEqualTo(200);
            assertThat(answer.getHeader("Content-Encoding")).as(header).isEqualTo(accepted ? "gzip" : null);
        }
    }

    /** Weights in different notations. */
    private String weighted(String name, int thousandths) {
        if (thousandths == 1000 && random.nextBoolean()) {
            return name;
        }
        String blank = random.nextBoolean() ? "" : " ";
        return name + blank + ";" + blank + (random.nextBoolean() ? "q=" : "Q=")
                + (thousandths == 1000 ? "1.000" : "0.%03d".formatted(thousandths));
    }

    @Test
    void returnsNotModifiedIfOneOfTheTagsMatches() {
        String etag = get("/", "Accept-Encoding", "identity").getHeader("ETag");
        List<String> others =
                List.of("\"\"", "\"x\"", "W/\"y\"", "\"a,b\"", "\" \"", "\"*\"", "\"" + etag.substring(1, 9) + "\"");
        for (int i = 0; i < CASES; i++) {
            var tags = new ArrayList<String>();
            for (int other = random.nextInt(4); other > 0; other--) {
                tags.add(others.get(random.nextInt(others.size())));
            }
            boolean current = tags.isEmpty() || random.nextBoolean();
            if (current) {
                tags.add(random.nextInt(tags.size() + 1), (random.nextBoolean() ? "W/" : "") + etag);
            }
            String header =
                    current && random.nextInt(10) == 0 ? "*" : String.join(random.nextBoolean() ? "," : ", ", tags);

            assertThat(get("/", "If-None-Match", header).statusCode())
                    .as(header)
                    .isEqualTo(current ? 304 : 200);
        }
    }

    @Test
    void anyTextInAnyOfThemIsTaken() {
        String letters = "gzip*;q=0.1/\"W,text/html \\";
        for (int i = 0; i < CASES; i++) {
            String text = random.ints(random.nextInt(30), 0, letters.length())
                    .mapToObj(each -> letters.substring(each, each + 1))
                    .reduce("", String::concat);

            assertThat(get("/", "Accept-Encoding", text).statusCode()).as(text).isEqualTo(200);
            assertThat(get("/", "If-None-Match", text).statusCode()).as(text).isIn(200, 304);
            assertThat(get("/nowhere", "Accept", text).statusCode()).as(text).isEqualTo(404);
        }
    }
}
