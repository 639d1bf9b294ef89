package dev.doorbuster.order.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images are accepted by their content. */
public class SaleImageTest {
    public static byte[] image(String format, int width, int height) {
        var bytes = new ByteArrayOutputStream();
        try {
            assertThat(ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, bytes))
                    .isTrue();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"png, image/png", "jpg, image/jpeg"})
    void pngAndJpegAreAccepted(String format, String type) {
        SaleImage image = SaleImage.of(image(format, 30, 20)).orElseThrow();

        assertThat(image.type()).isEqualTo(type);
        assertThat(image.facts().width()).isEqualTo(30);
        assertThat(image.facts().height()).isEqualTo(20);
        assertThat(image.facts().hash()).matches("[0-9a-f]{64}");
        assertThat(SaleImage.of(image(format, 30, 21)).orElseThrow().facts().hash())
                .isNotEqualTo(image.facts().hash());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gif", "bmp"})
    void otherFormatsAreNot(String format) {
        assertThat(SaleImage.of(image(format, 30, 20))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<svg xmlns='http://www.w3.org/2000/svg'/>", "<!doctype html><script>1</script>"})
    void textIsNoImage(String text) {
        assertThat(SaleImage.of(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void oneThatIsTooLargeIsNotDecoded() {
        assertThat(SaleImage.of(image("png", SaleImage.PIXELS_MAX, 1))).isPresent();
        assertThat(SaleImage.of(image("png", SaleImage.PIXELS_MAX + 1, 1))).isEmpty();
        assertThat(SaleImage.of(image("png", 1, SaleImage.PIXELS_MAX + 1))).isEmpty();
        assertThat(SaleImage.of(Arrays.copyOf(image("jpg", 30, 20), SaleImage.BYTES_MAX + 1)))
                .isEmpty();
    }

    /** None fails in another way, whatever the readers throw. */
    @Test
    void damagedFilesAreRefused() {
        var random = new Random(1);
        for (String format : new String[] {"png", "jpg"}) {
            byte[] whole = image(format, 30, 20);
            assertThat(SaleImage.of(Arrays.copyOf(whole, whole.length / 3))).isEmpty();
            for (int i = 0; i < 300; i++) {
                byte[] damaged = whole.clone();
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                SaleImage.of(damaged)
                        .ifPresent(image -> assertThat(image.bytes()).isEqualTo(damaged));
            }
        }
    }
}
