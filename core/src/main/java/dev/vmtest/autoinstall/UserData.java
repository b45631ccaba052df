package dev.vmtest.autoinstall;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Read the section {@code user-data}: what cloud-init does at the first boot beside what the installer asks of it. */
final class UserData {

    /** What vmtest's own first boot decides, or what would keep it from collecting facts. */
    private static final Set<String> OURS = Set.of(
            "cloud_config_modules",
            "cloud_final_modules",
            "cloud_init_modules",
            "datasource",
            "datasource_list",
            "growpart",
            "network",
            "password",
            "power_state",
            "ssh_genkeytypes",
            "system_info");

    private static final int MOST_KEYS = 500;

    private final MapReader reader;
    private final Draft draft;
    private final CloudConfig cloudConfig;

    UserData(MapReader reader, Draft draft, CloudConfig cloudConfig) {
        this.reader = reader;
        this.draft = draft;
        this.cloudConfig = cloudConfig;
    }

    void read() {
        Map<String, MapValue.Entry> entries = reader.source().entries();
        if (entries.size() > MOST_KEYS) {
            reader.problems()
                    .add(
                            reader.source().location(),
                            "user-data: " + entries.size() + " keys are too many for cloud-init");
            return;
        }
        entries.forEach((key, entry) -> {
            if (OURS.contains(key)) {
                draft.notDone(entry.keyLocation(), "user-data: vmtest's own first boot decides about '" + key + "'");
            } else if (key.equals("users") && entry.value() instanceof ListValue list) {
                list.items().forEach(this::user);
            } else {
                cloudConfig.put(key, entry.value());
                said(key, entry);
            }
        });
    }

    private void said(String key, MapValue.Entry entry) {
        if (key.equals("hostname") && entry.value() instanceof ScalarValue name) {
            draft.expect("hostname", name);
        } else if (key.equals("timezone") && entry.value() instanceof ScalarValue zone) {
            draft.expect("timezone", zone);
        } else if (!key.equals("preserve_hostname")) {
            draft.notJudged(entry.keyLocation(), "user-data: what cloud-init makes of '" + key + "' at the first boot");
        }
    }

    private void user(Value user) {
        cloudConfig.user(user);
        if (!(user instanceof MapValue map) || !(map.get("name") instanceof ScalarValue name)) {
            return;
        }
        Map<String, Value> expected = new LinkedHashMap<>();
        expected.put("name", name);
        // cloud-init locks the password of a user unless it is told not to.
        boolean unlocked = map.get("lock_passwd") instanceof ScalarValue lock && Boolean.FALSE.equals(lock.value());
        Value hash = map.get("hashed_passwd") == null ? map.get("passwd") : map.get("hashed_passwd");
        if (unlocked && hash instanceof ScalarValue) {
            expected.put("password", hash);
        } else if (!unlocked) {
            expected.put("locked", new Place(name.location()).flag(true));
        }
        if (map.get("ssh_authorized_keys") instanceof ListValue keys) {
            expected.put("authorized_keys", keys);
        }
        draft.expectUser(new Place(name.location()).map(expected));
    }
}
