package org.keptnative.configuration.transport;

import org.eclipse.jgit.internal.submodule.SubmoduleValidator.SubmoduleValidationException;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceiveCommand.Result;
import org.eclipse.jgit.transport.ReceivePack;
import org.jboss.logging.Logger;
import org.keptnative.configuration.git.Draft;
import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.Quarantine;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One push: what comes is received into a quarantine, checked there, and then one write in the commit queue of the
 * project. The refs that may not move are told so; the others move together.
 */
final class Push extends ReceivePack {

    /** An upstream has to take all of it. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final String LATE = "fetch first: somebody else was faster";

    private static final Logger LOG = Logger.getLogger(Push.class);

    private final GitProject project;
    private final Quarantine quarantine;
    private final PackGuard input;
    private boolean isCommanded;

    Push(GitProject project, Quarantine quarantine, PackGuard input, long maxSize) {
        super(quarantine.repository());
        this.project = project;
        this.quarantine = quarantine;
        this.input = input;
        setBiDirectionalPipe(false);
        setRefFilter(VisibleRefs::of);
        setObjectChecker(new ObjectChecker().setSafeForMacOS(true));
        setMaxPackSizeLimit(maxSize);
        setMaxObjectSizeLimit(maxSize);
        setPreReceiveHook((push, commands) -> publish(commands));
    }

    @Override
    protected void receivePackAndCheckConnectivity() throws IOException {
        input.begin();
        try {
            super.receivePackAndCheckConnectivity();
        } catch (SubmoduleValidationException e) {
            throw new IOException(e.getMessage());
        } catch (RuntimeException e) {
            Optional<MalformedException> malformed = MalformedException.ofPack(e);
            if (malformed.isPresent()) {
                throw malformed.get();
            }
            throw new IOException(reason(e));
        }
    }

    /** Whether anything was to be pushed. */
    boolean isCommanded() {
        return isCommanded;
    }

    private void publish(Collection<ReceiveCommand> commands) {
        isCommanded = true;
        PushRules rules = new PushRules(project, getRepository());
        commands.forEach(command -> check(rules, command));
        List<ReceiveCommand> allowed = filterCommands(Result.NOT_ATTEMPTED);
        if (allowed.isEmpty() || isAtomic() && allowed.size() < getAllCommands().size()) {
            return;
        }
        try {
            Set<ReceiveCommand> moved = project.write(draft -> move(draft, allowed), quarantine, PATIENCE);
            allowed.forEach(command -> {
                if (moved.contains(command)) {
                    command.setResult(Result.OK);
                } else {
                    refuse(command, LATE);
                }
            });
            LOG.infof("event=pushed project=%s refs=%s", project.name(), moved);
        } catch (RuntimeException e) {
            String reason = reason(e);
            allowed.forEach(command -> refuse(command, reason));
        }
    }

    private void check(PushRules rules, ReceiveCommand command) {
        try {
            rules.check(command);
        } catch (IOException | RuntimeException e) {
            refuse(command, reason(e));
        }
    }

    private Set<ReceiveCommand> move(Draft draft, List<ReceiveCommand> commands) {
        Set<ReceiveCommand> moved = new HashSet<>(commands);
        moved.removeIf(command -> !draft.move(command));
        if (moved.isEmpty() || isAtomic() && moved.size() < commands.size()) {
            throw GitException.invalid(LATE);
        }
        return moved;
    }

    private String reason(Exception e) {
        if (e instanceof GitException) {
            return e.getMessage();
        }
        LOG.errorf(e, "event=push-failed project=%s", project.name());
        return "an internal error has occurred; the log of the service has the details";
    }

    /** One line is what the protocol has room for. */
    private static void refuse(ReceiveCommand command, String reason) {
        command.setResult(Result.REJECTED_OTHER_REASON, OneLine.of(reason));
    }
}
