package dev.aicore.discovery.query.watching;

/** How many may watch at a node at a time, whatever they watch. */
public final class Seats {

    private final int most;
    private int taken;
    private long refused;

    Seats(int most) {
        this.most = most;
    }

    /** False if there are as many as may be. */
    synchronized boolean take() {
        if (taken >= most) {
            refused++;
            return false;
        }
        taken++;
        return true;
    }

    synchronized void giveBack() {
        taken--;
    }

    int most() {
        return most;
    }

    synchronized int taken() {
        return taken;
    }

    /** How many found no place so far. */
    synchronized long refused() {
        return refused;
    }
}
