package io.github.bitnetmaven.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionTest {
    @Test
    void theServersOwnRateIsTaken() {
        assertThat(Completion.parse(
                        "{\"content\":\" a\",\"tokens_predicted\":16,\"timings\":{\"predicted_per_second\":42.5}}", 8))
                .contains(new Completion(" a", 16, 42.5));
    }

    @Test
    void withoutOneTheWholeRequestCounts() {
        assertThat(Completion.parse("{\"content\":\"a\",\"tokens_predicted\":16}", 8))
                .contains(new Completion("a", 16, 2));
    }

    @Test
    void theAnswerOfAnOpenAiServerIsUnderstood() {
        assertThat(Completion.parse("{\"choices\":[{\"text\":\"b\"}],\"usage\":{\"completion_tokens\":4}}", 2))
                .contains(new Completion("b", 4, 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "[]",
                "{}",
                "{\"content\":\"a\"}",
                "{\"content\":\"a\",\"tokens_predicted\":0}",
                "{\"content\":7,\"tokens_predicted\":16}",
                "{\"choices\":[],\"usage\":{\"completion_tokens\":4}}",
                "{\"error\":{\"code\":500}}"
            })
    void whatIsNoCompletionIsNotTakenForOne(String body) {
        assertThat(Completion.parse(body, 1)).isEmpty();
    }
}
