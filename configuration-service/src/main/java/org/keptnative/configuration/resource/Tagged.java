package org.keptnative.configuration.resource;

import java.util.function.Supplier;

/**
 * What is read or written, with its entity tag.
 *
 * @param content made when it is asked for, which costs nothing where the tag alone is the answer
 * @param tag without quotes: the blob of a file, the tree of a folder, the commit of a list
 */
record Tagged<T>(Supplier<T> content, String tag) {

    T body() {
        return content.get();
    }
}
