package dev.aicore.discovery.query.testing;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/** Scheduler that runs due tasks when a test advances its time, in the thread of the test. */
public final class ManualScheduler implements Scheduler {

    private final PriorityQueue<Task> tasks = new PriorityQueue<>(
            Comparator.comparingLong((Task task) -> task.due).thenComparingLong(task -> task.number));
    private long now;
    private long numbers;

    private final class Task implements Disposable {

        private final Runnable work;
        private final long due;
        private final long number = numbers++;
        private boolean disposed;

        private Task(Runnable work, long due) {
            this.work = work;
            this.due = due;
        }

        @Override
        public void dispose() {
            disposed = true;
        }

        @Override
        public boolean isDisposed() {
            return disposed;
        }
    }

    /** Advances the time and runs all tasks that become due. */
    public void advance(Duration time) {
        long end = now + time.toNanos();
        for (var next = tasks.peek(); next != null && next.due <= end; next = tasks.peek()) {
            tasks.remove();
            now = Math.max(now, next.due);
            if (!next.disposed) {
                next.work.run();
            }
        }
        now = end;
    }

    @Override
    public Disposable schedule(Runnable task) {
        return schedule(task, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        var scheduled = new Task(task, now + Math.max(0, unit.toNanos(delay)));
        tasks.add(scheduled);
        return scheduled;
    }

    @Override
    public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
        return new Periodic(task, unit.toNanos(period)).begin(unit.toNanos(initialDelay));
    }

    @Override
    public long now(TimeUnit unit) {
        return unit.convert(now, TimeUnit.NANOSECONDS);
    }

    @Override
    public Worker createWorker() {
        return new Hand();
    }

    private final class Periodic implements Disposable {

        private final Runnable work;
        private final long period;
        private boolean disposed;

        private Periodic(Runnable work, long period) {
            this.work = work;
            this.period = period;
        }

        private Periodic begin(long delay) {
            schedule(this::run, delay, TimeUnit.NANOSECONDS);
            return this;
        }

        private void run() {
            if (!disposed) {
                work.run();
                begin(period);
            }
        }

        @Override
        public void dispose() {
            disposed = true;
        }

        @Override
        public boolean isDisposed() {
            return disposed;
        }
    }

    private final class Hand implements Worker {

        private final Disposable.Composite all = Disposables.composite();

        @Override
        public Disposable schedule(Runnable task) {
            return schedule(task, 0, TimeUnit.NANOSECONDS);
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            return kept(ManualScheduler.this.schedule(task, delay, unit));
        }

        @Override
        public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
            return kept(ManualScheduler.this.schedulePeriodically(task, initialDelay, period, unit));
        }

        private Disposable kept(Disposable scheduled) {
            all.add(scheduled);
            return scheduled;
        }

        @Override
        public void dispose() {
            all.dispose();
        }

        @Override
        public boolean isDisposed() {
            return all.isDisposed();
        }
    }
}
