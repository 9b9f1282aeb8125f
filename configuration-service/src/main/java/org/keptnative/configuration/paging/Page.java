package org.keptnative.configuration.paging;

import org.keptnative.configuration.error.ApiException;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The part of a list that a client asks for.
 *
 * @param offset index of the first item
 * @param size how many items at most, 1 to {@value #MAX_SIZE}
 */
public record Page(int offset, int size) {

    public static final int MAX_SIZE = 50;
    public static final int DEFAULT_SIZE = 20;

    /**
     * @param pageSize as sent; null or empty means {@value #DEFAULT_SIZE}
     * @param nextPageKey as sent: the decimal offset of the page; whatever is no such number means the first page
     * @throws ApiException 422, when the page size is no number between 1 and {@value #MAX_SIZE}
     */
    public static Page of(String pageSize, String nextPageKey) {
        return new Page(offset(nextPageKey), size(pageSize));
    }

    public <T> Slice<T> of(List<T> all) {
        return of(all.size(), all::subList);
    }

    /** @param items gives those from one index up to another, which is not among them */
    public <T> Slice<T> of(int total, BiFunction<Integer, Integer, List<T>> items) {
        int from = Math.min(offset, total);
        int to = Math.min(from + size, total);
        return new Slice<>(items.apply(from, to), to < total ? Integer.toString(to) : "0", total, size);
    }

    private static int size(String text) {
        if (text == null || text.isEmpty()) {
            return DEFAULT_SIZE;
        }
        try {
            int size = Integer.parseInt(text);
            if (size >= 1 && size <= MAX_SIZE) {
                return size;
            }
        } catch (NumberFormatException e) {
            // refused below, like any other number out of bounds
        }
        throw new ApiException(422, "pageSize in query must be an integer from 1 to " + MAX_SIZE);
    }

    /** However large it is: behind the end there is nothing. */
    private static int offset(String text) {
        if (text == null || !text.matches("\\+?\\d+")) {
            return 0;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return Integer.MAX_VALUE;
        }
    }

    /**
     * One page of a list.
     *
     * @param nextPageKey the key of the page that follows, {@code "0"} on the last one
     * @param totalCount the length of the whole list
     */
    public record Slice<T>(List<T> items, String nextPageKey, int totalCount, int pageSize) {

        public Position position() {
            return new Position(nextPageKey, totalCount, pageSize);
        }

        /** The same page with what became of its items. */
        public <R> Slice<R> with(List<R> others) {
            return new Slice<>(others, nextPageKey, totalCount, pageSize);
        }

        public <R> Slice<R> map(Function<T, R> mapping) {
            return with(items.stream().map(mapping).toList());
        }
    }
}
