package org.keptnative.configuration.transport;

/**
 * The turns of one push: one while much comes, another one while what has come is worked on. So large pushes over slow
 * lines wait for each other alone, and nobody waits for a small one.
 */
final class PushTurns implements PackGuard.Progress, AutoCloseable {

    private final Turns receiving;
    private final Turns working;
    private Turns.Turn turn = () -> {};

    PushTurns(Turns receiving, Turns working) {
        this.receiving = receiving;
        this.working = working;
    }

    @Override
    public void isLarge() {
        turn = receiving.take(1);
    }

    @Override
    public void isWhole() {
        close();
        turn = working.take(1);
    }

    @Override
    public void close() {
        turn.close();
        turn = () -> {};
    }
}
