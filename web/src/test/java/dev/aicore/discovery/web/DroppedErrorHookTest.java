package dev.aicore.discovery.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Operators;
import reactor.netty.channel.AbortedException;
import reactor.util.context.Context;

@ExtendWith(OutputCaptureExtension.class)
class DroppedErrorHookTest {

    @BeforeEach
    void installHook() {
        new DroppedErrorHook().install();
    }

    @AfterEach
    void reset() {
        Hooks.resetOnErrorDropped();
    }

    @Test
    void droppedError_ofAbortedConnection_isNotLogged(CapturedOutput output) {
        Operators.onErrorDropped(AbortedException.beforeSend(), Context.empty());
        Operators.onErrorDropped(new AbortedException("Connection has been closed"), Context.empty());

        assertThat(output.getAll()).doesNotContain("AbortedException");
    }

    @Test
    void droppedError_ofOtherCause_isLogged(CapturedOutput output) {
        Operators.onErrorDropped(new IllegalStateException("lost"), Context.empty());

        assertThat(output.getAll()).contains("A failure was dropped", "lost");
    }
}
