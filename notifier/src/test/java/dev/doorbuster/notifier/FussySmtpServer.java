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
 * An SMTP server (RFC 5321) that rejects some recipients or delays its replies, which mail servers for tests cannot
 * do.
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

    /** Recipients of accepted mails, one entry per mail. */
    public List<String> taken() {
        return List.copyOf(taken);
    }

    /** Withholds replies that begin with this text. */
    public void beSilentFrom(String answer) {
        silentFrom = answer;
    }

    /** Sends the withheld replies, and withholds no more. */
    public void speak() {
        silentFrom = "nothing";
        for (Runnable each = unsaid.poll(); each != null; each = unsaid.poll()) {
            each.run();
        }
    }

    public void hangUp() {
        sockets.forEach(NetSocket::close);
    }

    /** Number of connections so far. */
    public int connections() {
        return sockets.size();
    }

    private void serve(NetSocket socket) {
        sockets.add(socket);
        var conversation = new Conversation(socket);
        socket.handler(RecordParser.newDelimited("\r\n", line -> conversation.hear(line.toString())));
        conversation.say("220 fussy");
    }

    /** Until the client sends QUIT. */
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
