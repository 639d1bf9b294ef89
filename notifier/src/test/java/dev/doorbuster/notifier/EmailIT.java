package dev.doorbuster.notifier;

import static dev.doorbuster.notifier.Stage.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.rabbitmq.client.GetResponse;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageCodec;
import dev.doorbuster.contracts.message.ReminderDue;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.devservices.net.Ports;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** E-mail to buyers, with a real broker and SMTP servers that fail and reject. */
class EmailIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(ServerKind.RABBITMQ, ServerKind.REDIS);

    private final SaleId sale = SaleId.random(new Random());
    private volatile String title = "Espresso machine";
    private Stage stage;
    private HttpServer shop;
    private GreenMail smtp;

    @BeforeEach
    void start() throws Exception {
        stage = new Stage(servers);
        shop = Stage.get(stage.vertx()
                .createHttpServer()
                .requestHandler(request -> request.response()
                        .end(new JsonObject()
                                .put("saleId", sale.value())
                                .put("title", title)
                                .put("currency", "EUR")
                                .toBuffer()))
                .listen(0, "127.0.0.1"));
        smtp = smtpServer(Ports.free());
    }

    @AfterEach
    void stop() throws Exception {
        stage.close();
        smtp.stop();
    }

    @Test
    void anotherNotifierUsesTheSameMessageId() throws Exception {
        // Given
        Message message = Events.confirmed(sale, "alice");
        var first = stage.startNotifier(mailing());
        stage.publish(message);
        assertThat(smtp.waitForIncomingEmail(SOON.toMillis(), 1)).isTrue();

        // When
        stage.publish(Message.of(sale, message.elements()));
        await().atMost(SOON).until(() -> stage.messagesIn("notifier.email") == 0);
        stage.stop(first);
        stage.startNotifier(mailing());
        stage.publish(Message.of(sale, message.elements()));

        // Then
        assertThat(smtp.waitForIncomingEmail(SOON.toMillis(), 2)).isTrue();
        assertThat(ids(smtp)).hasSize(2).containsOnly(ids(smtp).get(0));
    }

    @Test
    void losesNothingAndRepeatsNothingWhileTheSmtpServerIsAwayAndStreamsStayReady() throws Exception {
        // Given
        var notifier = stage.startNotifier(mailing());
        int port = smtp.getSmtp().getPort();
        stage.publish(Events.confirmed(sale, "early"));
        // the reply must be received first: a mail without a reply is sent again by design
        await().atMost(SOON)
                .until(() -> stage.metrics(notifier)
                        .contains(
                                "doorbuster_notifier_deliveries_total{channel=\"email\",outcome=\"delivered\",} 1.0"));

        // When
        smtp.stop();
        List<Message> messages = IntStream.range(0, 4)
                .mapToObj(i -> Events.confirmed(sale, "first-" + i, "second-" + i))
                .toList();
        messages.forEach(stage::publish);
        await().atMost(SOON)
                .until(() -> stage.metrics(notifier)
                        .lines()
                        .anyMatch(line -> line.startsWith(
                                        "doorbuster_notifier_deliveries_total{channel=\"email\",outcome=\"failed\"")
                                && !line.endsWith(" 0.0")));
        assertThat(stage.readiness(notifier)).isEqualTo(200);
        smtp = smtpServer(port);

        // Then
        assertThat(smtp.waitForIncomingEmail(SOON.toMillis(), 8)).isTrue();
        await().atMost(SOON)
                .until(() -> stage.metrics(notifier).contains("doorbuster_notifier_waiting{channel=\"email\",} 0.0"));
        assertThat(ids(smtp)).doesNotHaveDuplicates().hasSize(8);
    }

    @Test
    void losesNothingWhileItIsOff() throws Exception {
        // Given
        stage.stop(stage.startNotifier(mailing()));

        // When
        var off = stage.startNotifier(Map.of());
        stage.publish(Events.confirmed(sale, "alice", "bob"));
        assertThat(stage.messagesIn("notifier.email")).isEqualTo(1);
        stage.stop(off);
        stage.startNotifier(mailing());

        // Then
        assertThat(smtp.waitForIncomingEmail(SOON.toMillis(), 2)).isTrue();
        assertThat(ids(smtp)).hasSize(2).doesNotHaveDuplicates();
        await().atMost(SOON).until(() -> stage.messagesIn("ledger.mailed") == 1);
    }

    /** The page reports both when it asks for the ticket of its stream. */
    @Test
    void aReminderWaitsForANotifierAndIsInTheLanguageAndTimeZoneOfTheBuyersPage() throws Exception {
        // Given
        var notifier = stage.startNotifier(mailing());
        int status = Stage.get(stage.client()
                .request(
                        HttpMethod.POST,
                        notifier.port(),
                        "127.0.0.1",
                        "/api/events/ticket?language=zh&timeZone=Asia%2FShanghai")
                .map(request -> request.putHeader("Authorization", "Bearer " + token("alice")))
                .compose(HttpClientRequest::send)
                .map(HttpClientResponse::statusCode));
        assertThat(status).isEqualTo(201);
        stage.stop(notifier);

        // When
        Message reminder = Message.of(sale, new ReminderDue("alice", Instant.parse("2026-11-27T18:00:00Z")));
        stage.publish(Route.mails(), reminder);
        assertThat(stage.messagesIn("notifier.email")).isEqualTo(1);
        stage.startNotifier(mailing());

        // Then
        assertThat(smtp.waitForIncomingEmail(SOON.toMillis(), 1)).isTrue();
        MimeMessage mail = smtp.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("即将开始: Espresso machine");
        assertThat(((MimeMultipart) mail.getContent())
                        .getBodyPart(0)
                        .getContent()
                        .toString())
                .contains("2026年11月28日 02:00（Asia/Shanghai）");
    }

    private String token(String buyer) {
        var key = new PubSecKeyOptions().setAlgorithm("HS256").setBuffer(Buffer.buffer(Stage.JWT_SECRET));
        return JWTAuth.create(stage.vertx(), new JWTAuthOptions().addPubSecKey(key))
                .generateToken(
                        new JsonObject().put("sub", buyer).put("roles", new JsonArray().add("buyer")),
                        new JWTOptions().setAlgorithm("HS256").setExpiresInSeconds(600));
    }

    @Test
    void oneRejectedMailIsDeadLetteredAndTheOthersAreSentOnce() throws Exception {
        // Given
        var fussy = new FussySmtpServer(
                stage.vertx(), recipient -> recipient.startsWith("bob@") ? "550 who is that?" : "250 fine");
        stage.startNotifier(mailing("DOORBUSTER_SMTP_PORT", Integer.toString(fussy.port())));

        // When
        Message message = Events.confirmed(sale, "alice", "bob", "carol");
        stage.publish(message);

        // Then
        await().atMost(SOON).until(() -> stage.messagesIn(DoorbusterTopology.UNDELIVERED_QUEUE) == 1);
        await().atMost(SOON).until(() -> fussy.taken().size() == 2);
        assertThat(fussy.taken()).containsExactlyInAnyOrder("alice@buyers.example", "carol@buyers.example");
        GetResponse letter = stage.take(DoorbusterTopology.UNDELIVERED_QUEUE);
        Message kept = MessageCodec.decode(letter.getProps().getType(), letter.getBody());
        assertThat(List.<Object>copyOf(kept.elements()))
                .containsExactly(message.elements().get(1));
        assertThat(stage.messagesIn(DoorbusterTopology.DEAD_LETTERS_QUEUE)).isZero();
    }

    @Test
    void oneMailThatIsPutOffIsSentLaterAndItsNeighboursOnce() throws Exception {
        // Given
        var seen = new ArrayList<String>();
        var fussy = new FussySmtpServer(stage.vertx(), recipient -> {
            seen.add(recipient);
            // among two others, with one, and alone
            boolean early = seen.stream().filter(recipient::equals).count() <= 3;
            return recipient.startsWith("bob@") && early ? "450 come again" : "250 fine";
        });
        stage.startNotifier(mailing("DOORBUSTER_SMTP_PORT", Integer.toString(fussy.port())));

        // When
        stage.publish(Events.confirmed(sale, "alice", "bob", "carol"));

        // Then
        await().atMost(SOON).until(() -> fussy.taken().size() == 3);
        assertThat(fussy.taken())
                .containsExactlyInAnyOrder("alice@buyers.example", "bob@buyers.example", "carol@buyers.example");
    }

    @Test
    void aMailThatASlowServerHasInTheEndIsPutOffMeanwhileAndNotRepeated() throws Exception {
        // Given
        var slow = new FussySmtpServer(stage.vertx(), recipient -> "250 fine");
        slow.beSilentFrom("250 taken");
        var notifier = stage.startNotifier(mailing(
                "DOORBUSTER_SMTP_PORT",
                Integer.toString(slow.port()),
                "email.timeout",
                "1000",
                "DOORBUSTER_EMAIL_RETRY_DELAYS_MS",
                "50,100,150,200,250,300,350,400,450,500,550,600"));

        // When
        stage.publish(Events.confirmed(sale, "alice"));
        await().atMost(SOON).until(() -> deliveries(notifier, "failed") >= 2);
        slow.speak();

        // Then
        await().atMost(SOON).until(() -> deliveries(notifier, "delivered") == 1);
        stage.publish(Events.confirmed(sale, "bob"));
        await().atMost(SOON).until(() -> slow.taken().contains("bob@buyers.example"));
        await().atMost(SOON)
                .until(() -> stage.metrics(notifier).contains("doorbuster_notifier_waiting{channel=\"email\",} 0.0"));
        assertThat(slow.taken()).containsExactly("alice@buyers.example", "bob@buyers.example");
        assertThat(stage.messagesIn(DoorbusterTopology.UNDELIVERED_QUEUE)).isZero();
    }

    private double deliveries(NotifierService notifier, String outcome) {
        String name = "doorbuster_notifier_deliveries_total{channel=\"email\",outcome=\"" + outcome + "\",} ";
        return stage.metrics(notifier)
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .sum();
    }

    private Map<String, String> mailing(String... more) {
        var variables = new HashMap<String, String>();
        variables.put("DOORBUSTER_EMAIL_ENABLED", "true");
        variables.put("DOORBUSTER_SALES_URL", "http://127.0.0.1:" + shop.actualPort());
        variables.put("DOORBUSTER_EMAIL_RETRY_DELAYS_MS", "50,100");
        variables.put("email.timeout", "30000");
        variables.put("DOORBUSTER_SMTP_HOST", "127.0.0.1");
        variables.put("DOORBUSTER_SMTP_PORT", Integer.toString(smtp.getSmtp().getPort()));
        variables.put("DOORBUSTER_SMTP_TLS", "none");
        for (int i = 0; i < more.length; i += 2) {
            variables.put(more[i], more[i + 1]);
        }
        return variables;
    }

    private static GreenMail smtpServer(int port) {
        var setup = new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
        setup.setServerStartupTimeout(SOON.toMillis());
        var server = new GreenMail(setup);
        server.start();
        return server;
    }

    private static List<String> ids(GreenMail smtp) throws Exception {
        var ids = new ArrayList<String>();
        for (MimeMessage mail : smtp.getReceivedMessages()) {
            ids.add(mail.getMessageID());
        }
        return ids;
    }
}
