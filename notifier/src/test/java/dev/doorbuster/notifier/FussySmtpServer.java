package dev.doorbuster.notifier;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * Speaks as much SMTP (RFC 5321) as it takes to say no to some recipients, or to say nothing for a while, which mail servers
 * for tests do not.
 */
public final class FussySmtpServer {
    private final NetServer server;
    private final Function<String, String> answerToRecipient;
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final List<NetSocket> sockets = new CopyOnWriteArrayList<>();
    private final Queue<Runnable> unsaid = new ConcurrentLinkedQueue<>();
    private volatile String silentFrom = "nothing";

    public FussySmtpServer(Vertx vertx, Function<String, String> answerToRecipient) {
        this.answerToRecipient = answerToRecipient;
        this.server =
                Stage.get(vertx.createNetServer().connectHandler(this::serve).listen(0, "127.0.0.1"));
    }

    public int port() {
        return server.actualPort();
    }

    /** To whom a mail was taken, one entry for each mail. */
    public List<String> taken() {
        return List.copyOf(taken);
    }

    /** Keeps answers that begin so to itself. */
    public void beSilentFrom(String answer) {
        silentFrom = answer;
    }

    /** Says what it kept to itself, and does so no more. */
    public void speak() {
        silentFrom = "nothing";
        for (Runnable each = unsaid.poll(); each != null; each = unsaid.poll()) {
            each.run();
        }
    }

    public void hangUp() {
        sockets.forEach(NetSocket::close);
    }

    /** Connections that were ever made. */
    public int connections() {
        return sockets.size();
    }

    private void serve(NetSocket socket) {
        sockets.add(socket);
        var conversation = new Conversation(socket);
        socket.handler(RecordParser.newDelimited("\r\n", line -> conversation.hear(line.toString())));
        conversation.say("220 fussy");
    }

    /** Until the client quits. */
    private final class Conversation {
        private final NetSocket socket;
        private String recipient = "";
        private boolean reading;

        Conversation(NetSocket socket) {
            this.socket = socket;
        }

        void hear(String line) {
            if (reading) {
                if (line.equals(".")) {
                    reading = false;
                    taken.add(recipient);
                    say("250 taken");
                }
            } else if (line.startsWith("RCPT TO:")) {
                recipient = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
                say(answerToRecipient.apply(recipient));
            } else if (line.equals("DATA")) {
                reading = true;
                say("354 go on");
            } else if (line.equals("QUIT")) {
                say("221 bye");
                socket.close();
            } else {
                say("250 fine");
            }
        }

        void say(String answer) {
            if (answer.startsWith(silentFrom)) {
                unsaid.add(() -> socket.write(Buffer.buffer(answer + "\r\n")));
            } else {
                socket.write(Buffer.buffer(answer + "\r\n"));
            }
        }
    }
}
