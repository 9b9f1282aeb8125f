package org.keptnative.configuration.history;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Listens to what the service asks of the database; Quarkus finds it by its type. */
public class DatabaseCommands implements CommandListener {

    private static final List<String> NAMES = new CopyOnWriteArrayList<>();

    /** The names of the commands that the action leads to. */
    static List<String> during(Runnable action) {
        NAMES.clear();
        action.run();
        return List.copyOf(NAMES);
    }

    @Override
    public void commandStarted(CommandStartedEvent event) {
        NAMES.add(event.getCommandName());
    }
}
