package org.keptnative.mongodb;

/** An index whose entries can be read in their order. */
interface OrderedIndex {

    IndexEntries entries();
}
