package dev.doorbuster.order.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.order.catalogue.Catalogue.OutcomeUnknownException;
import dev.doorbuster.runtime.http.Problem;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class EdgeProblemResponsesTest {
    @Test
    void aCommitThatMayHaveTakenPlaceIsNotToBeRepeatedUnseen() {
        // When
        Problem unknown = EdgeProblemResponses.problem(new OutcomeUnknownException(new TimeoutException()));
        Problem notTaken = EdgeProblemResponses.problem(new TimeoutException());

        // Then
        assertThat(unknown.body().toString()).contains("/outcome-unknown").contains("Look at the lists");
        assertThat(notTaken.body().toString()).contains("/overloaded");
    }
}
