/**
 * Projects as bare Git repositories: {@link org.keptnative.configuration.git.ProjectStore} knows them all,
 * {@link org.keptnative.configuration.git.GitProject} is one of them.
 *
 * <p>A write is a {@link org.keptnative.configuration.git.Change} of a {@link org.keptnative.configuration.git.Draft}.
 * Those that wait in the {@link org.keptnative.configuration.git.CommitQueue} of a project become one
 * {@link org.keptnative.configuration.git.Batch}, which a {@link org.keptnative.configuration.git.Publication} makes
 * count: here, or through the upstream and then here. Nothing is stored before it is accepted.
 *
 * <p>What comes as a pack (a fetch, or a push that somebody sends) is received into a
 * {@link org.keptnative.configuration.git.Quarantine}, whose {@code Repository} JGit can write, and enters the queue as
 * a change that moves refs to objects of the quarantine.
 *
 * <p>Where repositories are kept is the matter of a {@link org.keptnative.configuration.git.RepositoryStore}: files in
 * {@code git.files}, MongoDB in {@code git.mongodb}. The tests of {@code git} run with both.
 */
package org.keptnative.configuration.git;
