package dev.doorbuster.order.edge.pages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.order.edge.pages.DocumentContent.Carried;
import dev.doorbuster.order.edge.pages.DocumentContent.Preview;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SaleDocumentsTest {
    private static final String SALE = "aaaaaaaaaaaaaaaa";
    private static final String MARKUP = "</script><script>\"'&\u2028";

    private Future<Optional<Carried>> sale = Future.succeededFuture(Optional.of(new Carried(
            "/api/sales/" + SALE,
            new JsonObject().put("title", MARKUP),
            Optional.of(new Preview("/sales/" + SALE, MARKUP, "Two\nlines", Optional.of("/api/images/1"))))));
    private int reads;
    private long now;

    private static WebRoot root() throws IOException {
        Path web = Path.of("src/main/resources/web");
        var texts = new HashMap<String, String>();
        for (String name : List.of("index.html", "console.html", "console/early.js")) {
            texts.put(name, Files.readString(web.resolve(name)));
        }
        return WebRoot.of(texts);
    }

    private SaleDocuments documents(String storefrontUrl) throws IOException {
        var config = new PagesConfig("", "", "", storefrontUrl, false);
        return new SaleDocuments(root(), config, new ShopFacts(config, true), () -> now, new DocumentContent() {
            @Override
            public Future<Optional<Carried>> sales() {
                return Future.failedFuture("the database is away");
            }

            @Override
            public Future<Optional<Carried>> sale(String saleId) {
                reads++;
                return sale;
            }
        });
    }

    private static String html(Future<Optional<WebFile>> document) {
        return document.result().orElseThrow().plain().toString();
    }

    @Test
    void carriesTheAnswersThatThePageReadsFirst() throws IOException {
        String html = html(documents("").sale(SALE));

        Matcher answers = Pattern.compile(
                        "<script type=\"application/json\" id=\"answers\">(.*?)</script>", Pattern.DOTALL)
                .matcher(html);
        assertThat(answers.find()).isTrue();
        var json = new JsonObject(answers.group(1));
        assertThat(json.getJsonObject("/api/shop").getBoolean("demoLogin")).isTrue();
        assertThat(json.getJsonObject("/api/sales/" + SALE).getString("title")).isEqualTo(MARKUP);
    }

    @Test
    void theConsoleCarriesTheSettings() throws IOException {
        assertThat(html(documents("").console()))
                .contains("<title>Doorbuster console</title>", "id=\"answers\">{\"/api/shop\":{");
    }

    @Test
    void anAddressThatIsNoSaleIsNeitherReadNorKept() throws IOException {
        // Given
        SaleDocuments documents = documents("");
        for (String address : List.of("console.html", "", "x".repeat(5000))) {
            // When
            Future<Optional<WebFile>> found = documents.sale(address);
            // Then
            assertThat(found.result()).isEmpty();
        }
        assertThat(reads).isZero();
        assertThat(html(documents.console())).contains("<title>Doorbuster console</title>");
    }

    /** It sends requests: a style sheet before it would delay it, and it reads the answers. */
    @Test
    void theConsolesFirstScriptIsPartOfTheDocumentBehindTheAnswersAndBeforeTheStyles() throws Exception {
        String html = html(documents("").console());

        Matcher script =
                Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL).matcher(html);
        assertThat(script.find()).isTrue();
        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256")
                        .digest(script.group(1).getBytes(UTF_8)));
        assertThat(root().inlineSources()).containsExactly("'sha256-" + hash + "'");
        assertThat(script.start()).isBetween(html.indexOf("id=\"answers\""), html.indexOf("<link rel=\"stylesheet"));
    }

    @Test
    void textsOfASaleAreNoMarkup() throws IOException {
        String html = html(documents("https://sale.example").sale(SALE));

        String escaped = "&lt;/script&gt;&lt;script&gt;&quot;&#39;&amp;\u2028";
        assertThat(html)
                .contains(
                        "<title>" + escaped + " · Doorbuster</title>",
                        "<meta property=\"og:title\" content=\"" + escaped + "\">",
                        "<meta property=\"og:description\" content=\"Two\nlines\">",
                        "<meta property=\"og:url\" content=\"https://sale.example/sales/" + SALE + "\">",
                        "<meta property=\"og:image\" content=\"https://sale.example/api/images/1\">")
                .doesNotContain(MARKUP);
    }

    @Test
    void withoutAnAddressOfTheStorefrontThereAreNoLinks() throws IOException {
        assertThat(html(documents("").sale(SALE))).contains("og:title").doesNotContain("og:url", "og:image");
    }

    @Test
    void isWrittenOnceInAWhile() throws IOException {
        SaleDocuments documents = documents("");
        String first = html(documents.sale(SALE));

        assertThat(html(documents.sale(SALE))).isEqualTo(first);
        assertThat(reads).isEqualTo(1);
        now += SaleDocuments.FRESH_MAX.toNanos();
        Future<Optional<WebFile>> again = documents.sale(SALE);
        assertThat(again.result()).isPresent();
        assertThat(reads).isEqualTo(2);
    }

    @Test
    void whatCannotBeReadIsLeftToThePage() throws IOException {
        sale = Future.succeededFuture(Optional.empty());

        assertThat(documents("").sale(SALE).result()).isEmpty();
        assertThat(documents("").sales().result()).isEmpty();
    }
}
