package dev.vmtest.autoinstall;

import dev.vmtest.config.ConfigText;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gather what cloud-init does at the first boot of the installed system.
 *
 * <p>It becomes a file of the target that only root reads, as subiquity writes one: {@code users} may have hashes of
 * passwords.
 */
final class CloudConfig {

    /** The file that subiquity writes its own into. */
    static final String FILE = "/etc/cloud/cloud.cfg.d/99-installer.cfg";

    private final Draft draft;
    private final Map<String, MapValue.Entry> entries = new LinkedHashMap<>();
    private final List<Value> users = new ArrayList<>();
    private @Nullable Place first;

    CloudConfig(Draft draft) {
        this.draft = draft;
    }

    void put(String key, Value value) {
        note(value);
        entries.put(key, new MapValue.Entry(value.location(), value));
    }

    void user(Value user) {
        note(user);
        users.add(user);
    }

    private void note(Value value) {
        if (first == null) {
            first = new Place(value.location());
        }
    }

    /** Let the installer write the file, if there is anything to say. */
    void write() {
        if (first == null) {
            return;
        }
        if (!users.isEmpty()) {
            entries.put("users", first.entry(first.list(users)));
        }
        String text = ConfigText.yaml(new MapValue(first.location(), entries));
        draft.writeFile(first, "autoinstall-cloud-config", FILE, "0600", "#cloud-config\n" + text);
    }
}
