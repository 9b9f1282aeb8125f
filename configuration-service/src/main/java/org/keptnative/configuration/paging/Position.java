package org.keptnative.configuration.paging;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Where a page stands in its list; these members stand in the page itself.
 *
 * @param nextPageKey the key of the page that follows, {@code "0"} on the last one
 * @param totalCount the length of the whole list
 */
@RegisterForReflection
public record Position(String nextPageKey, int totalCount, int pageSize) {}
