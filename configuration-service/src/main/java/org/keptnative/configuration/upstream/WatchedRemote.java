package org.keptnative.configuration.upstream;

import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Keeps watch over how an upstream answers.
 *
 * @param remote found when it is needed, since its credentials may be away
 */
record WatchedRemote(Supplier<Remote> remote, UpstreamHealth health) implements Remote {

    @Override
    public Branches fetch(Repository repository, Function<Branches, Set<String>> wanted) {
        return health.call(() -> remote.get().fetch(repository, wanted));
    }

    @Override
    public boolean push(Repository repository, List<ReceiveCommand> changes) {
        return health.call(() -> remote.get().push(repository, changes));
    }

    @Override
    public Remote within(TimeLimit limit) {
        return new WatchedRemote(() -> remote.get().within(limit), health);
    }
}
