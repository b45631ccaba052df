package dev.vmtest.autoinstall;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.Location;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turn storage actions as subiquity takes them into those of curtin: a disk that matches gets a serial that the
 * machine's disk has, and sizes become bytes.
 *
 * <p>What is wrong with an action in curtin's eyes is left to the reader of curtin's actions.
 */
final class StorageActions {

    private static final int LONGEST_SERIAL = 20;

    private final Problems problems;
    private final Draft draft;

    StorageActions(Problems problems, Draft draft) {
        this.problems = problems;
        this.draft = draft;
    }

    ListValue resolve(ListValue list) {
        List<MapValue> actions = new ArrayList<>();
        for (Value item : list.items()) {
            if (item instanceof MapValue action) {
                actions.add(action);
            }
        }
        if (actions.size() != list.items().size()) {
            return list;
        }
        DiskPlan plan = new DiskPlan(actions, draft, problems);
        Set<String> serials = new HashSet<>();
        actions.forEach(action -> serials.add(text(action, "serial")));
        Set<String> divided = actions.stream()
                .filter(action -> text(action, "type").equals("partition") && !isTrue(action.get("preserve")))
                .map(action -> text(action, "device"))
                .collect(Collectors.toSet());
        List<MapValue> named = new ArrayList<>();
        for (MapValue action : actions) {
            named.add(text(action, "type").equals("disk") ? disk(action, divided, plan, serials) : action);
        }
        plan.decide();
        return new ListValue(list.location(), new ArrayList<>(new SizedActions(named, plan, problems).resolve()));
    }

    private MapValue disk(MapValue disk, Set<String> divided, DiskPlan plan, Set<String> serials) {
        Map<String, MapValue.Entry> keys = new LinkedHashMap<>(disk.entries());
        MapValue.Entry written = keys.remove("match");
        String id = text(disk, "id");
        boolean isNamed = List.of("serial", "path", "wwn").stream()
                .anyMatch(key -> !text(disk, key).isEmpty());
        DiskMatch match = DiskMatch.read(written == null ? null : written.value(), draft, problems);
        Location at = written == null ? disk.locationOf("id") : written.keyLocation();
        if (isNamed && written != null) {
            draft.notDone(at, "disk '" + id + "': 'match' is not read beside what names the disk");
        } else if (!isNamed) {
            Place place = new Place(at);
            String serial = match.serial() == null ? serial(id, serials) : match.serial();
            serials.add(serial);
            keys.remove("serial");
            keys.remove("path");
            keys.put("serial", place.entry(place.text(serial)));
            plan.matched(id, match);
        }
        if (divided.contains(id) && text(disk, "ptable").isEmpty() && !isTrue(disk.get("preserve"))) {
            // Where nothing says otherwise, subiquity makes a GPT for the first partition of a disk.
            Place place = new Place(disk.location());
            keys.put("ptable", place.entry(place.text("gpt")));
        }
        return new MapValue(disk.location(), keys);
    }

    /** Return a serial that no other disk has and that every driver shows. */
    private static String serial(String id, Set<String> serials) {
        String base = id.replaceAll("[^A-Za-z0-9_-]", "-");
        String plain = base.isEmpty() ? "disk" : base;
        String serial = plain.substring(0, Math.min(LONGEST_SERIAL, plain.length()));
        for (int number = 2; serials.contains(serial); number++) {
            String end = "-" + number;
            serial = plain.substring(0, Math.min(LONGEST_SERIAL - end.length(), plain.length())) + end;
        }
        return serial;
    }

    /** Return the text of a key; an empty one where it is absent or no scalar. */
    static String text(MapValue action, String key) {
        return action.get(key) instanceof ScalarValue scalar && scalar.value() != null ? scalar.text() : "";
    }

    static boolean isTrue(@Nullable Value value) {
        return value instanceof ScalarValue scalar && Boolean.TRUE.equals(scalar.value());
    }
}
