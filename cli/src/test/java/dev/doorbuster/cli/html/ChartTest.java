package dev.doorbuster.cli.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ChartTest {
    @Test
    void placesValuesBetweenTheEndsOfTheirAxis() {
        assertThat(Axis.linear("x", 980).to()).isEqualTo(1_000);
        assertThat(Axis.linear("x", 980).position(500)).isEqualTo(0.5);
        assertThat(Axis.logarithmic("x", 5_000).to()).isEqualTo(10_000);
        assertThat(Axis.logarithmic("x", 5_000).position(100)).isEqualTo(0.5);
        assertThat(Axis.logarithmic("x", 5_000).position(0)).isZero();
        assertThat(Axis.linear("x", 0).position(0)).isZero();
    }

    @Test
    void hasRoundTicks() {
        assertThat(Axis.linear("x", 2_400).ticks()).containsExactly(0.0, 500.0, 1_000.0, 1_500.0, 2_000.0, 2_500.0);
        assertThat(Axis.logarithmic("x", 900).ticks()).containsExactly(1.0, 10.0, 100.0, 1_000.0);
    }

    @Test
    void escapesLabelsAndTips() {
        String svg = new Chart("<d>", Axis.linear("<x>", 1), Axis.linear("<y>", 1))
                .dot(new Chart.Point(1, 1), "held", "<tip>")
                .across(1, "limit", "<across>")
                .upright(1, "mark", "<upright>", Chart.Side.LEFT)
                .svg();

        assertThat(svg)
                .contains("&lt;d&gt;", "&lt;x&gt;", "&lt;y&gt;", "&lt;tip&gt;", "&lt;across&gt;", "&lt;upright&gt;")
                .doesNotContain("<d>", "<x>", "<y>", "<tip>", "<across>", "<upright>");
    }

    @Test
    void refusesAnAxisOfNoLength() {
        assertThatThrownBy(() -> new Axis("x", 1, 1, false)).isInstanceOf(IllegalArgumentException.class);
    }
}
