package dev.penstock.engine.logs;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Shows attributes' values with NaN and the infinities as text, which OTLP has no number for, wherever they stand.
 *
 * <p>Maps, collections and arrays are not copied but looked through: they may be endless, and whoever walks them knows when
 * to stop. One that contains itself appears as the same view again, so that it is recognised. Components of records and
 * objects of other types are not looked into.
 *
 * <p><b>Threads:</b> one, during a capture.
 */
final class FiniteView {

    /** A container seen through: what it is and what it stands in. */
    private interface View {
        Object source();

        View parent();
    }

    private FiniteView() {}

    /** The value itself if there is nothing to look through, or a view of it. */
    static Object of(Object value) {
        return of(value, null);
    }

    private static Object of(Object value, View parent) {
        if (value instanceof Double number) {
            return Double.isFinite(number) ? value : number.toString();
        }
        if (value instanceof Float number) {
            return Float.isFinite(number) ? value : number.toString();
        }
        if (value instanceof Optional<?> optional) {
            return of(optional.orElse(null), parent);
        }
        if (value instanceof OptionalDouble optional) {
            return optional.isPresent() ? of(optional.getAsDouble(), parent) : null;
        }
        return container(value, parent);
    }

    private static Object container(Object value, View parent) {
        for (View view = parent; view != null; view = view.parent()) {
            if (view.source() == value) {
                return view;
            }
        }
        if (value instanceof Map<?, ?> map) {
            return new MapView(map, parent);
        }
        if (value instanceof Iterable<?> items && !(value instanceof java.nio.file.Path)) {
            return new ItemsView(value, items, parent);
        }
        if (value instanceof Object[] items) {
            return new ItemsView(value, Arrays.asList(items), parent);
        }
        if (value instanceof double[] numbers) {
            return boxed(value, DoubleStream.of(numbers).boxed().toList(), parent);
        }
        if (value instanceof float[] numbers) {
            return boxed(
                    value,
                    IntStream.range(0, numbers.length).mapToObj(i -> numbers[i]).toList(),
                    parent);
        }
        return value;
    }

    private static Object boxed(Object array, List<? extends Number> numbers, View parent) {
        return numbers.stream().allMatch(number -> Double.isFinite(number.doubleValue()))
                ? array
                : new ItemsView(array, numbers, parent);
    }

    private static final class ItemsView implements View, Iterable<Object> {

        private final Object source;
        private final Iterable<?> items;
        private final View parent;

        ItemsView(Object source, Iterable<?> items, View parent) {
            this.source = source;
            this.items = items;
            this.parent = parent;
        }

        @Override
        public Object source() {
            return source;
        }

        @Override
        public View parent() {
            return parent;
        }

        @Override
        public Iterator<Object> iterator() {
            Iterator<?> all = items.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return all.hasNext();
                }

                @Override
                public Object next() {
                    return of(all.next(), ItemsView.this);
                }
            };
        }
    }

    private static final class MapView extends AbstractMap<Object, Object> implements View {

        private final Map<?, ?> source;
        private final View parent;

        MapView(Map<?, ?> source, View parent) {
            this.source = source;
            this.parent = parent;
        }

        @Override
        public Object source() {
            return source;
        }

        @Override
        public View parent() {
            return parent;
        }

        @Override
        public Set<Entry<Object, Object>> entrySet() {
            return new Entries(this);
        }
    }

    private static final class Entries extends AbstractSet<Map.Entry<Object, Object>> {

        private final MapView map;

        Entries(MapView map) {
            this.map = map;
        }

        @Override
        public Iterator<Map.Entry<Object, Object>> iterator() {
            Iterator<? extends Map.Entry<?, ?>> entries = map.source.entrySet().iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return entries.hasNext();
                }

                @Override
                public Map.Entry<Object, Object> next() {
                    Map.Entry<?, ?> entry = entries.next();
                    return new AbstractMap.SimpleImmutableEntry<>(entry.getKey(), of(entry.getValue(), map));
                }
            };
        }

        @Override
        public int size() {
            return map.source.size();
        }
    }
}
