package dev.doorbuster.systemtests.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Replays a schedule with a log of its events: {@code doorbuster.model.replay} names its plan. */
class ReplayTest {
    private static final String ALOUD = "doorbuster.model.replay";

    @Test
    void theSamePlanIsTheSameSchedule() {
        // Given
        Plan plan = Plan.parse(System.getProperty(ALOUD, "7 memcached"));

        // When
        List<String> once = told(plan);
        List<String> again = told(plan);

        // Then
        assertThat(again).isEqualTo(once);
        if (System.getProperty(ALOUD) != null) {
            once.forEach(System.out::println);
        }
    }

    private static List<String> told(Plan plan) {
        var told = new ArrayList<String>();
        try {
            told.add("accepted: " + Schedule.play(plan, told::add));
        } catch (Violation broken) {
            told.add("BROKEN " + broken.getMessage());
        }
        return told;
    }
}
