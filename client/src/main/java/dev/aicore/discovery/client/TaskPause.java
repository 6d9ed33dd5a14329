package dev.aicore.discovery.client;

import java.time.Duration;
import java.util.concurrent.Semaphore;

/** Pause of a task's thread, by the client's timer, which another thread may end early. */
final class TaskPause {

    private final ClientTime time;
    private final Semaphore wakes = new Semaphore(0);

    TaskPause(ClientTime time) {
        this.time = time;
    }

    void wake() {
        wakes.release();
    }

    void await(Duration pause) throws InterruptedException {
        if (pause.isZero()) {
            return;
        }
        var cancel = time.schedule(pause, wakes::release);
        wakes.acquire();
        cancel.run();
        wakes.drainPermits();
    }
}
