package dev.doorbuster.learn.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RabbitCommandTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "queueDeclare @q|client.queueDeclare(\"learn.q\", true, false, false)",
                "queueDeclare @q exclusive|client.queueDeclare(\"learn.q\", false, true, false)",
                "queueDeclare @q x-max-length=2|client.queueDeclare(\"learn.q\", true, false, false, "
                        + "new JsonObject().put(\"x-max-length\", 2))",
                "exchangeDeclare @x direct alternate-exchange=@y|client.exchangeDeclare(\"learn.x\", \"direct\", true, true, "
                        + "new JsonObject().put(\"alternate-exchange\", \"learn.y\"))",
                "basicPublish \"\" @q \"a b\" deliveryMode=2|client.basicPublish(\"\", \"learn.q\", "
                        + "new BasicProperties.Builder().deliveryMode(2).build(), Buffer.buffer(\"a b\"))",
                "basicGet @q ack|client.basicGet(\"learn.q\", false)",
                "basicConsumer @q no_ack|client.basicConsumer(\"learn.q\", new QueueOptions().setAutoAck(true))",
                "basicNack 1 requeue|client.basicNack(1, false, true)",
                "connect virtualHost=/|RabbitMQClient.create(vertx, options.setVirtualHost(\"/\")).start()",
                "queueBind @q @x key|client.queueBind(\"learn.q\", \"learn.x\", \"key\")"
            })
    void showsItsJavaCall(String line, String call) {
        assertThat(RabbitCommand.of(line).javaCall()).isEqualTo(call);
    }

    @Test
    void aBodyInQuotesIsNoArgument() {
        RabbitCommand command = RabbitCommand.of("basicPublish \"\" @q \"a=@b\"");

        assertThat(command.words()).containsExactly("", "learn.q", "a=@b");
        assertThat(command.arguments()).isEmpty();
    }

    @Test
    void aMissingWordIsAMistakeInTheLesson() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RabbitCommand.of("queueBind @q").word(1))
                .withMessageContaining("queueBind learn.q");
    }
}
